//! Everything that can happen on a day: one closed list, in the order in which a day runs through it.
//!
//! The list is the day's order: what is due, then events in the order of the vocabulary of roles with what people and offices do at
//! the place of the event they raise, then expiries of the last day, then what takes effect at once.
//! This file knows no law, no person and no queue.

/// Declares the kinds of entry, in the order of the day.
macro_rules! kinds {
    ($($variant:ident = $word:literal : $meaning:literal,)+) => {
        /// What an entry of the agenda stands for. The order is the order within a day.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum Kind { $(#[doc = $meaning] $variant,)+ }

        impl Kind {
            /// Every kind, in the order of the day.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)+];
            /// How outputs name it.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $(Kind::$variant => $word,)+ } }
            /// What it means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $(Kind::$variant => $meaning,)+ } }
        }
    };
}

kinds! {
    Reassess = "reassess": "The last day of a ground for deferment of a person under a measure has passed.",
    RunOut = "run_out": "A period of the law has run out (first phase).",
    RecordEntered = "record_entered": "A decision is entered in the register.",
    MeasureOn = "measure_on": "An agency puts a measure into effect.",
    MeasureOff = "measure_off": "An agency takes a measure off.",
    Return = "return": "A person who had left the country comes back.",
    ContractEnds = "contract_ends": "The term of a contract is over, or a man leaves it while he can.",
    Issue = "issue": "An office forms notices.",
    Send = "send": "The notice goes to the employer or place of study.",
    Post = "post": "The notice goes to the post.",
    Place = "place": "The notice is placed in the register of notices.",
    PlaceInAccount = "place_in_account": "The notice is placed in the personal account.",
    PostOutcome = "post_outcome": "The post delivers the notice or does not.",
    Refused = "refused": "The post brings the notice back.",
    Visit = "visit": "An officer tries to hand the notice over.",
    EmployerOutcome = "employer_outcome": "The employer or place of study hands the notice over.",
    Open = "open": "The person reads the portal and opens the notice.",
    Trip = "trip": "A person under an exit ban comes to the border for a trip.",
    Depart = "depart": "A person comes to the border to leave for good.",
    Learn = "learn": "The person learns of a measure at the border.",
    Locate = "locate": "The person is found.",
    ShowReason = "show_reason": "The person shows a valid reason for not coming.",
    Proceed = "proceed": "An office or a court acts in a proceeding.",
    Sign = "sign": "A man signs a contract.",
    File = "file": "A person files a remedy, or somebody for him.",
    FileFor = "file_for": "Somebody files a remedy for a person, who may be away.",
    Card = "card": "An employer files for a deferment.",
    Decide = "decide": "Offices and courts decide on remedies and on cards of employers.",
    Final = "final": "The decision on a remedy becomes final.",
    Appear = "appear": "The person comes to the office.",
    Muster = "muster": "The mobilisation of a person is decided.",
    Examine = "examine": "The person comes before the commission, which examines and decides.",
    Examined = "examined": "The law hears of the examination.",
    Deferred = "deferred": "The law hears of a deferment.",
    Exempted = "exempted": "The law hears of an exemption.",
    CalledUp = "called_up": "The law hears of a call-up.",
    NotCalledUp = "not_called_up": "The law hears that a person is not called up.",
    Dispatch = "dispatch": "The person is dispatched to the forces.",
    Enlist = "enlist": "A man who has signed a contract has entered the forces.",
    SentHome = "sent_home": "One who was mobilised wrongly is sent home.",
    ComesHome = "comes_home": "A man comes home whose remedy has succeeded since he was dispatched.",
    Leave = "leave": "The person has left the country.",
    SeasonEnd = "season_end": "The season of a campaign ends.",
    LastDay = "last_day": "A period of the law ends with its last day (third phase).",
    AtOnce = "at_once": "A period that was over on entry takes effect (fourth phase).",
}

impl Kind {
    /// Whether entries of this kind name a person and not a matter.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Kind::Reassess
                | Kind::RecordEntered
                | Kind::Trip
                | Kind::Depart
                | Kind::Leave
                | Kind::Return
                | Kind::ContractEnds
                | Kind::Sign
                | Kind::Enlist
                | Kind::SentHome
                | Kind::ComesHome
                | Kind::Final
                | Kind::FileFor
        )
    }
}

/// How many kinds there are.
pub const KINDS: usize = Kind::ALL.len();

/// An entry of the agenda, eight bytes: of a matter (with its generation) or of a person (generation 0), as its kind says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// Slot of the matter, or row of the person in the district.
    pub index: u32,
    /// A number that goes with the kind: rule, measure, attempt, ordinal.
    pub payload: u16,
    /// Generation of the slot when the entry was made; an entry of an earlier generation is void.
    pub generation: u8,
    /// What happens.
    pub kind: Kind,
}
