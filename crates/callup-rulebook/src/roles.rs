//! The vocabulary that joins law and world: events, kinds of notice, milestones, kinds of measure, facts about persons.
//!
//! One closed list each; `docs/law-language.md` prints them and a test holds the page to this file. A law maps its own words onto these.
//! This file knows no law, no syntax and no simulation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares a closed vocabulary: an enum whose variants have a word in laws and a meaning in one sentence.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal : $meaning:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum $name { $(#[doc = $meaning] $variant,)+ }

        impl $name {
            /// Every word of the vocabulary, in its fixed order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// How a law writes it.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $($name::$variant => $word,)+ } }
            /// What it means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $($name::$variant => $meaning,)+ } }
            /// The role with this word, if there is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> { Self::ALL.iter().copied().find(|role| role.word() == word) }
        }
    };
}

vocabulary! {
    /// What the world can raise in a matter, in the order in which the events of one day are read.
    Event {
        Issued = "issued": "The office forms the notice; a matter opens with it.",
        Sent = "sent": "The notice is sent to an employer or a place of study.",
        Posted = "posted": "The notice is given to the post.",
        Placed = "placed": "The notice is placed in the register of notices.",
        PlacedInAccount = "placed_in_account": "The notice is placed in the personal account on the state portal.",
        Published = "published": "The notice is published in a list, a gazette or a newspaper.",
        Broadcast = "broadcast": "The notice is given by radio, television or siren.",
        Messaged = "messaged": "The notice is sent as a message by telephone, e-mail or another service.",
        Delivered = "delivered": "The post marks the notice as delivered.",
        Refused = "refused": "The addressee refuses the notice or does not collect it.",
        HandedOver = "handed_over": "The notice is handed over in person against signature.",
        HandedOverByEmployer = "handed_over_by_employer": "An employer or a place of study hands the notice over against signature.",
        LeftWithOther = "left_with_other": "The notice is left with somebody else of the household or at the place of work.",
        Opened = "opened": "The person opens the notice on the portal or in the register.",
        Learned = "learned": "The person learns of a measure in another way, for example at the border.",
        Located = "located": "The person is found by a search and brought to the office or told of the notice.",
        ValidReasonShown = "valid_reason_shown": "The person shows a valid reason for not appearing.",
        Rebutted = "rebutted": "The person proves that the notice did not reach him.",
        Warned = "warned": "The office warns the person of what follows.",
        Demanded = "demanded": "The office demands in writing that the duty be met.",
        Complied = "complied": "The person meets the demand.",
        Sued = "sued": "The office applies to the court.",
        Ordered = "ordered": "The court orders or permits what the office applied for.",
        RefusedByCourt = "refused_by_court": "The court refuses what the office applied for.",
        PenaltyImposed = "penalty_imposed": "A fine or another penalty is imposed.",
        Filed = "filed": "A remedy is filed.",
        Restored = "restored": "The time limit that a remedy has missed is restored for good cause.",
        Granted = "granted": "A remedy is decided: it succeeds.",
        Rejected = "rejected": "A remedy is decided: it fails.",
        BecameFinal = "became_final": "The decision on a remedy becomes final.",
        Cancelled = "cancelled": "The notice or the measure is cancelled on a complaint or by the office itself.",
        Appeared = "appeared": "The person appears at the office on this notice.",
        Examined = "examined": "The medical examination is held.",
        Deferred = "deferred": "The commission grants a deferment.",
        Exempted = "exempted": "The commission exempts or releases the person.",
        CalledUp = "called_up": "The commission decides to call the person up.",
        NotCalledUp = "not_called_up": "The call-up ends without a decision against the person (the decreed number is filled).",
        Dispatched = "dispatched": "The person is dispatched to the forces.",
        Left = "left": "The person has left the country for good.",
        SeasonEnded = "season_ended": "The season for which the notice was issued ends.",
    }
}

impl Event {
    /// Whether the event names a remedy of its matter.
    #[must_use]
    pub const fn is_of_remedies(self) -> bool {
        matches!(self, Event::Filed | Event::Restored | Event::Granted | Event::Rejected | Event::BecameFinal)
    }
}

vocabulary! {
    /// Kinds of notice. A `matter` statement says which kinds it serves.
    NoticeKind {
        DraftNotice = "draft_notice": "Summons to the call-up: appearance, examination, commission.",
        DataCheckNotice = "data_check_notice": "Summons to check or complete the data of the register.",
        TrainingNotice = "training_notice": "Summons to military training of reservists.",
        MobilisationNotice = "mobilisation_notice": "Summons on mobilisation.",
    }
}

vocabulary! {
    /// What a state means to the world, so that two laws with different words can be compared.
    Milestone {
        None = "none": "Nothing has been done yet.",
        Placed = "placed": "Notice given but not yet served.",
        Served = "served": "The notice counts as served.",
        Defaulted = "defaulted": "The time to appear has run out.",
        Appeared = "appeared": "The person has appeared; the matter goes on.",
        Lapsed = "lapsed": "The notice has lost its effect without having been served.",
        Closed = "closed": "The matter is over.",
        Deferred = "deferred": "The matter ended with a deferment.",
        CalledUp = "called_up": "The matter ended with a call-up.",
    }
}

vocabulary! {
    /// Kinds of restrictive measure.
    MeasureKind {
        ExitBan = "exit_ban": "Ban on leaving the country.",
        PassportBan = "passport_ban": "No new passport for travel abroad.",
        DrivingBan = "driving_ban": "Ban on driving.",
        VehicleRegistrationBan = "vehicle_registration_ban": "No registration of vehicles.",
        PropertyRegistrationBan = "property_registration_ban": "No registration of real estate.",
        SoleTraderBan = "sole_trader_ban": "No registration as a sole trader.",
        SelfEmployedBan = "self_employed_ban": "No registration as self-employed.",
        CreditBan = "credit_ban": "No credit and loan contracts.",
        AssetFreeze = "asset_freeze": "Assets frozen.",
        WantedStatus = "wanted_status": "Listed as wanted or declared a fugitive.",
        RegionalLeaveBan = "regional_leave_ban": "Ban on leaving the region.",
        RegionalSupportBan = "regional_support_ban": "No regional payments and support.",
    }
}

vocabulary! {
    /// Facts about a person that a guard may ask for; each is yes or no, in somebody's picture.
    PersonFact {
        LiableForDraft = "liable_for_draft": "Belongs to those subject to the call-up (male, of age, on record, not in the reserve).",
        Deferred = "has_deferment": "A ground for deferment exists (as it is) or is entered (as recorded).",
        Exempt = "is_exempt": "Exempt, released or unfit by decision.",
        Student = "is_student": "Studies full time.",
        Served = "has_served": "Has served his term.",
        Reservist = "is_reservist": "Is in the reserve.",
        ValidReason = "has_valid_reason": "Had a valid reason for not appearing.",
        LivesAtAddress = "lives_at_address": "Lives at the address in the register.",
        PortalAccount = "has_portal_account": "Has an account on the state portal.",
        DefaultedBefore = "has_defaulted_before": "Has defaulted on an earlier notice.",
        EarnsByDriving = "earns_by_driving": "His main lawful income comes from driving.",
        NeedsVehicle = "needs_vehicle": "Needs a vehicle because of a disability.",
        AgreesToMessages = "agrees_to_messages": "Has agreed to be given notice by message.",
    }
}
