//! Chance: a draw is a pure function of (seed, who, decision, matter, ordinal, alternative). No generator is passed around.
//!
//! The generator is Philox4x32-10, held to the published known-answer vectors. The key is the seed; the counter is the packed address
//! of the draw, one to one, so that no two draws share a block and none depends on order, thread or day. Thresholds and tables are
//! integers. This file knows no law, no scenario and no day.

use rand_philox::{Philox, philox4x32_10};

pub mod lanes;
#[cfg(test)]
mod tests;

/// Words are 32 bits wide; a probability or a share of a table is a count of words out of this many.
const WORDS: u64 = 1 << 32;

/// A synthetic person for life: code of the region, birth year and serial within the two. Never a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PersonId(pub u64);

/// Birth years count from here in a [`PersonId`].
pub const COHORT_BASE_YEAR: u16 = 1900;

impl PersonId {
    /// Packs the code of a region, a birth year (`COHORT_BASE_YEAR` to `COHORT_BASE_YEAR` + 255; beyond it is clamped) and a serial.
    #[must_use]
    pub fn new(region_code: u8, birth_year: u16, serial: u32) -> PersonId {
        let cohort = birth_year.saturating_sub(COHORT_BASE_YEAR).min(255);
        PersonId(u64::from(region_code) << 40 | u64::from(cohort) << 32 | u64::from(serial))
    }

    /// Code of the region in which he was synthesised (a column of the table, not a position).
    #[must_use]
    pub const fn region_code(self) -> u8 {
        (self.0 >> 40) as u8
    }

    /// Year of birth.
    #[must_use]
    pub const fn birth_year(self) -> u16 {
        COHORT_BASE_YEAR + (self.0 >> 32 & 0xff) as u16
    }

    /// Serial within region and birth year, from 0.
    #[must_use]
    pub const fn serial(self) -> u32 {
        self.0 as u32
    }
}

/// An office (district commission, court, agency) for life: code of its region and a number within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeId {
    /// Code of the region; 0 for the nation.
    pub region_code: u8,
    /// Number within the region.
    pub number: u16,
}

/// Whose draw it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person's.
    Person(PersonId),
    /// An office's.
    Office(OfficeId),
}

/// What a matter is to chance: kind of notice and campaign of the scenario. 0 for traits and whatever belongs to no notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct MatterKey(pub u16);

impl MatterKey {
    /// Belongs to no notice.
    pub const NONE: MatterKey = MatterKey(0);

    /// Kind of notice (its place in the vocabulary) and number of the campaign in the scenario (0 to 4,094).
    #[must_use]
    pub const fn new(notice: u8, campaign: u16) -> MatterKey {
        MatterKey((notice as u16) << 12 | campaign.saturating_add(1) & 0x0fff)
    }
}

/// What kind of chance a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// What he is like: ordinal 0, no matter.
    Trait,
    /// The world's own timeline, untouched by any law: the k-th occurrence.
    World,
    /// How somebody answers a given matter.
    Response,
}

/// Declares the register of decisions: code, kind and meaning of each.
macro_rules! decisions {
    ($($variant:ident = $code:literal, $kind:ident : $meaning:literal,)+) => {
        /// What is drawn for: a registered role, never a rule, an article or a law. Codes are frozen; a new decision takes a new code.
        ///
        /// Trait codes come in fours that share one block: trait `c` is word `c % 4` of block `c / 4`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Decision { $(#[doc = $meaning] $variant = $code,)+ }

        impl Decision {
            /// All of them.
            pub const ALL: &'static [Decision] = &[$(Decision::$variant,)+];
            /// What kind of chance it is.
            #[must_use]
            pub const fn kind(self) -> DecisionKind { match self { $(Decision::$variant => DecisionKind::$kind,)+ } }
            /// What is drawn, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $(Decision::$variant => $meaning,)+ } }
        }
    };
}

impl Decision {
    /// Whether it is of the kind [`DecisionKind::Trait`]: their codes, and no others, have eight bits.
    #[inline]
    const fn is_trait(self) -> bool {
        self as u16 <= u8::MAX as u16
    }
}

decisions! {
    BirthDay = 0, Trait: "Day of birth within the birth year.",
    Study = 1, Trait: "Quantile that decides until which age he studies full time.",
    Work = 2, Trait: "Whether he works.",
    EmployerReports = 3, Trait: "Whether his employer reports him to the office.",
    Served = 4, Trait: "Whether he has served his term.",
    InReserve = 5, Trait: "Whether he is in the reserve without having served.",
    Fitness = 6, Trait: "Latent category of fitness.",
    UnfitDecided = 7, Trait: "Whether an unfit man's unfitness has been decided before the run.",
    FamilyGround = 8, Trait: "Whether a family ground for deferment exists.",
    Objector = 9, Trait: "Whether he objects to military service on conscience.",
    AtAddress = 10, Trait: "Whether he lives at his registered address.",
    Account = 11, Trait: "Whether he has an account on the state portal.",
    ReadingClass = 12, Trait: "How often he reads the portal.",
    NeedsDriving = 13, Trait: "Whether his main income needs driving.",
    RecordMissing = 14, Trait: "Whether the register lacks him.",
    RecordOfDeferment = 15, Trait: "Whether the record of his deferment is wrong.",
    RecordOfExemption = 16, Trait: "Whether the record of his exemption is wrong.",
    RecordOfService = 17, Trait: "Whether the record of his service is wrong.",
    RecordOfStudy = 18, Trait: "Whether the record of his studies is wrong.",
    RecordOfReserve = 19, Trait: "Whether the record of his place in the reserve is wrong.",
    RecordOfAddress = 20, Trait: "Whether the address in the register is out of date.",
    RecordOfEmployer = 21, Trait: "Whether the register lacks his employer.",
    PropensityToAppear = 22, Trait: "Latent quantile of coming when called; 0 comes first.",
    PropensityToLeave = 23, Trait: "Latent quantile of leaving the country; 0 leaves first.",
    PropensityToSign = 24, Trait: "Latent quantile of signing a contract; 0 signs first.",
    PropensityToAskHelp = 25, Trait: "Latent quantile of asking for legal aid; 0 asks first.",
    HistorySample = 26, Trait: "Whether his whole history is written.",
    ReadingPhase = 27, Trait: "Where in his stretches of days the readings of the portal lie.",

    PortalReading = 256, World: "On which day of the k-th stretch he reads the portal.",
    Move = 257, World: "Waiting time to the k-th change of address.",
    Illness = 258, World: "Exponential budget to the k-th illness that is a valid reason.",
    Trip = 259, World: "Exponential budget to the k-th trip abroad.",
    Departure = 260, World: "Exponential budget to leaving the country for good.",
    ContractOffer = 261, World: "Exponential budget to signing a contract, the occasion; a word of the block for each channel, the alternative is the block of four.",
    FalseHit = 262, World: "Exponential budget to the k-th time he is taken for somebody else; a word of the block for each way of searching.",
    StaleHit = 263, World: "Exponential budget to the k-th match with a stale status.",
    JobChange = 264, World: "Waiting time to the k-th change of employer.",
    ServiceLoss = 265, World: "Exponential budget to loss in service.",
    UnitLeaving = 266, World: "Exponential budget to leaving the unit.",
    SavedUp = 268, World: "Fraction of a unit of work that an office has saved up when it begins; the alternative is the kind of work.",
    TripLength = 269, World: "Days of the k-th trip abroad.",
    IllnessLength = 270, World: "Days of the k-th illness that is a valid reason.",
    Returns = 271, World: "Whether he comes back from leaving for good; the k-th reason for leaving.",
    ReturnHome = 272, World: "Days until he comes back; the k-th reason for leaving.",
    ContractLeft = 280, World: "Exponential budget to leaving a contract while it can be left; the occasion is the contract.",
    TermServed = 281, World: "Whether he comes home at the end of a contract's term; the occasion is the contract.",
    SignsElsewhere = 282, World: "Whether he signs in another region for its bonus, and in which; one draw an alternative, the last for whether.",
    OfficeOutage = 267, World: "Whether an office works on its k-th office day.",

    Selection = 512, Response: "Place in a selection for notices; ascending, so that a larger number is a superset.",
    IssueDay = 513, Response: "Day of issue within the window of the campaign.",
    AppearanceLead = 514, Response: "Days from issue to the date of appearance.",
    ChannelUsed = 515, Response: "Whether the office uses a channel; the alternative is the channel.",
    ActDelay = 516, Response: "Days from issue to the act of a channel; the alternative is the channel.",
    ActSuccess = 517, Response: "Whether the k-th act of a channel succeeds; the alternative is the channel.",
    OutcomeDelay = 518, Response: "Days from the k-th act to its outcome; the alternative is the channel.",
    NoticeRead = 519, Response: "Whether one notice is opened, where reading is set for each notice.",
    NoticeReadDelay = 520, Response: "Days from placing to opening, where reading is set for each notice.",
    Appears = 521, Response: "Whether he comes in time.",
    AppearanceDelay = 522, Response: "Days from deciding or learning to coming.",
    ComesLate = 523, Response: "Exponential budget to coming after default.",
    Located = 524, Response: "Exponential budget to being found after default, for the k-th time; the alternative is the way of searching, 0 for whatever means.",
    TriesToLeave = 525, Response: "Whether he tries to leave on learning of the notice.",
    LeaveDelay = 526, Response: "Days from learning to that attempt.",
    BanSeen = 527, Response: "Whether the border sees a standing ban at the k-th crossing.",
    StartLatency = 528, Response: "Days from start due to on of a measure; the alternative is its kind.",
    LiftLatency = 529, Response: "Days from lift due to off of a measure; the alternative is its kind.",
    QueuePriority = 530, Response: "Place among those who enter the same queue on the same day.",
    GroundRecognised = 531, Response: "Whether the commission recognises a true ground for deferment.",
    UnfitnessRecognised = 532, Response: "Whether the commission recognises a true unfitness.",
    CommissionOutcome = 533, Response: "Which decision falls, where shares are fixed.",
    ExaminationDelay = 534, Response: "Days from appearance to the place in the queue.",
    DispatchDelay = 535, Response: "Days from call-up to dispatch.",
    DecisionRecorded = 536, Response: "Whether a decision is ever entered in the register.",
    RecordDelay = 537, Response: "Days until a decision is entered.",
    ValidReason = 538, Response: "Whether he has a valid reason for not coming.",
    FilesRemedy = 539, Response: "Whether he files a remedy.",
    FilingDelay = 540, Response: "Days to filing.",
    RemedyOutcome = 541, Response: "How the remedy is decided.",
    RemedyDelay = 542, Response: "Days to the decision on a remedy.",
    AsksForHelp = 543, Response: "Whether he asks for legal aid; the alternative is the kind of request.",
    HelpDelay = 544, Response: "Days to asking for legal aid.",
    Objects = 545, Response: "Whether he files for alternative service.",
    SignsUnderPressure = 546, Response: "Whether he signs a contract at the office.",
    EmployerShields = 547, Response: "Whether his employer secures a deferment.",
    WronglyCalled = 548, Response: "Whether one who should not be called is called all the same.",
    ReturnDelay = 549, Response: "Days until one wrongly called is returned.",
    DataMended = 550, Response: "Whether a data check mends a wrong record; the alternative is the part of the record.",
    Prosecuted = 551, Response: "Whether a case is opened.",
    Verdict = 552, Response: "How a case ends.",
    RefusesDelivery = 553, Response: "Whether he refuses or does not collect what is brought.",
    ListRemoval = 555, Response: "Days until an ended listing is taken off the list of a way of searching; the alternative is the way.",
    ListEndEntered = 556, Response: "Whether the end of a listing is ever entered; the alternative is the way of searching.",
    ReasonShown = 557, Response: "Whether he shows a valid reason that he has.",
    ReasonDelay = 558, Response: "Days until he shows it.",
    ActAwaited = 559, Response: "Whether an office acts in a proceeding, or a court grants what it applied for; the alternative is the act.",
    ActAwaitedDelay = 560, Response: "Days from the step before until it does; the alternative is the act.",
    Pressed = 561, Response: "Whether he is pressed to sign a contract at the office.",
    LeaveRegionPaper = 562, Response: "Whether he is handed a paper that forbids him to leave the region.",
    CheckDelay = 563, Response: "Days from appearance on a notice of mobilisation to the decision.",
    Returned = 564, Response: "Whether one wrongly mobilised is sent home.",
    CardDelay = 565, Response: "Days until an employer files for a deferment.",
    CardDecisionDelay = 566, Response: "Days that its decision takes where nobody waits.",
    CardGranted = 567, Response: "Whether it is granted.",
    Represented = 568, Response: "Whether somebody can act for him under a power of attorney.",
    InterimProtection = 569, Response: "Whether a body holds up the dispatch while a remedy is pending; the ordinal is the number of the remedy.",
    ObjectionInTime = 570, Response: "Whether he applies for alternative service in time.",
    ObjectionGranted = 571, Response: "Whether alternative service is granted.",
    FinalDelay = 573, Response: "Days from the decision on a remedy to its being final.",
    RemedyPlace = 572, Response: "Place among those whose decisions are ready on the same day; the ordinal is the number of the remedy, cards of employers have an alternative.",
    ContractChoice = 554, Response: "Which channel of the contract campaign he answers; one draw an alternative.",
}

/// The address of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawKey {
    /// Whose draw.
    pub actor: Actor,
    /// What for.
    pub decision: Decision,
    /// In which matter.
    pub matter: MatterKey,
    /// Which occurrence within the matter or the timeline, from 0.
    pub ordinal: u32,
    /// Which alternative, from 0.
    pub alternative: u8,
}

impl DrawKey {
    /// A trait of a person.
    #[must_use]
    pub const fn of_trait(person: PersonId, decision: Decision) -> DrawKey {
        DrawKey { actor: Actor::Person(person), decision, matter: MatterKey::NONE, ordinal: 0, alternative: 0 }
    }

    /// The `ordinal`-th occurrence on a person's own timeline.
    #[must_use]
    pub const fn of_world(person: PersonId, decision: Decision, ordinal: u32) -> DrawKey {
        DrawKey { actor: Actor::Person(person), decision, matter: MatterKey::NONE, ordinal, alternative: 0 }
    }

    /// A person's answer in a matter, ordinal and alternative 0.
    #[must_use]
    pub const fn of_response(person: PersonId, decision: Decision, matter: MatterKey) -> DrawKey {
        DrawKey { actor: Actor::Person(person), decision, matter, ordinal: 0, alternative: 0 }
    }

    /// The same with another ordinal.
    #[must_use]
    pub const fn ordinal(self, ordinal: u32) -> DrawKey {
        DrawKey { ordinal, ..self }
    }

    /// The same with another alternative.
    #[must_use]
    pub const fn alternative(self, alternative: u8) -> DrawKey {
        DrawKey { alternative, ..self }
    }

    /// Code of its block: traits share one in fours.
    #[inline]
    const fn block_code(self) -> u16 {
        let code = self.decision as u16;
        if self.decision.is_trait() { code & !3 } else { code }
    }

    /// INVARIANT: one to one from keys (with trait decisions taken by block) to counters.
    #[inline]
    const fn counter(self, block_code: u16) -> [u32; 4] {
        let (first, place, kind) = match self.actor {
            Actor::Person(id) => (id.0 as u32, (id.0 >> 32) as u32 & 0xffff, 0),
            Actor::Office(id) => (id.number as u32, (id.region_code as u32) << 8, 1),
        };
        let last = (self.matter.0 as u32) << 16 | (self.alternative as u32) << 8 | kind;
        [first, place << 16 | block_code as u32, self.ordinal, last]
    }
}

/// All chance of a run: the seed and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    seed: [u32; 2],
}

impl Draws {
    /// The chance of a run with this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Draws {
        Draws { seed: [seed as u32, (seed >> 32) as u32] }
    }

    /// Four words for decisions taken together. For a trait: the words of the four traits that share its block.
    #[must_use]
    #[inline]
    pub fn block(&self, key: DrawKey) -> [u32; 4] {
        philox4x32_10(key.counter(key.block_code()), self.seed)
    }

    /// The four words of trait block `block` of a person: traits with codes `4 * block` to `4 * block + 3`.
    #[must_use]
    pub fn trait_block(&self, person: PersonId, block: u16) -> [u32; 4] {
        philox4x32_10(DrawKey::of_trait(person, Decision::BirthDay).counter(block << 2), self.seed)
    }

    /// Word by word trait block `block` of `count` persons of one region and birth year, from `first` on: the same words as
    /// [`trait_block`](Draws::trait_block) of each, many times faster. At most [`lanes::AT_ONCE`] persons; serials must not run past the last.
    pub fn trait_words(&self, first: PersonId, block: u16, count: usize, out: &mut lanes::Words) {
        // The serial is the lowest word of the counter.
        lanes::neighbours(self.seed, DrawKey::of_trait(first, Decision::BirthDay).counter(block << 2), count, out);
    }

    /// The same of a decision that is no trait: [`word`](Draws::word) of each is the first.
    pub fn words_of_neighbours(&self, first: DrawKey, count: usize, out: &mut lanes::Words) {
        lanes::neighbours(self.seed, first.counter(first.block_code()), count, out);
    }

    /// The same of at most [`lanes::AT_ONCE`] decisions that need not be neighbours: what stands first in `out` is [`word`](Draws::word) of each.
    /// None may be a trait.
    pub fn words_of_each(&self, keys: impl Iterator<Item = DrawKey>, out: &mut lanes::Words) {
        let mut count = 0;
        for key in keys.take(lanes::AT_ONCE) {
            debug_assert!(!key.decision.is_trait(), "traits share blocks");
            for (words, word) in out.iter_mut().zip(key.counter(key.decision as u16)) {
                words[count] = word;
            }
            count += 1;
        }
        lanes::blocks(self.seed, count, out);
    }

    /// The four words of a decision that is no trait for `out.len()` persons of one region and birth year, from the person of `first` on: the same
    /// as [`block`](Draws::block) of each, several times faster. Serials must not run past the last.
    pub fn blocks(&self, first: DrawKey, out: &mut [[u32; 4]]) {
        let [c0, c1, c2, c3] = first.counter(first.decision as u16).map(u128::from);
        Philox::new(self.seed, c3 << 96 | c2 << 64 | c1 << 32 | c0).fill_u32(out.as_flattened_mut());
    }

    /// One word.
    #[must_use]
    #[inline]
    pub fn word(&self, key: DrawKey) -> u32 {
        let lane = if key.decision.is_trait() { key.decision as usize & 3 } else { 0 };
        self.block(key)[lane]
    }

    /// Whether something of this probability happens.
    #[must_use]
    #[inline]
    pub fn below(&self, key: DrawKey, probability: Probability) -> bool {
        probability.hits(self.word(key))
    }

    /// A number below `bound`, evenly; 0 if `bound` is 0.
    #[must_use]
    pub fn number_below(&self, key: DrawKey, bound: u32) -> u32 {
        scaled_below(self.word(key), bound)
    }

    /// The exponential budget of a waiting time: he fires when the hazard accumulated over his multiplier passes it.
    #[must_use]
    pub fn budget(&self, key: DrawKey) -> Hazard {
        Hazard::budget(self.word(key))
    }

    /// Days from a table.
    #[must_use]
    #[inline]
    pub fn delay(&self, key: DrawKey, table: &DelayTable) -> u16 {
        table.days(self.word(key))
    }

    /// One of several alternatives, each with a weight; `None` if all weights are 0. The alternative of `key` is replaced.
    ///
    /// One keyed draw an alternative and the smallest budget over weight wins (the arg-max of utilities perturbed by Gumbel errors), so that
    /// taking one alternative away moves only those who had chosen it.
    #[must_use]
    pub fn choose(&self, key: DrawKey, weights: &[u32]) -> Option<usize> {
        let mut best: Option<(usize, u128, u128)> = None;
        for (alternative, &weight) in (0..=u8::MAX).zip(weights) {
            if weight == 0 {
                continue;
            }
            let budget = u128::from(self.budget(key.alternative(alternative)).0);
            let weight = u128::from(weight);
            if best.is_none_or(|(_, least, over)| budget * over < least * weight) {
                best = Some((usize::from(alternative), budget, weight));
            }
        }
        best.map(|(alternative, _, _)| alternative)
    }
}

/// Scales a word to a number below `bound`; every number is hit by within one of the same count of words.
#[must_use]
pub const fn scaled_below(word: u32, bound: u32) -> u32 {
    ((word as u64 * bound as u64) >> 32) as u32
}

/// Why a number is not a chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChanceError {
    /// Not a probability in 0 to 1.
    OutsideUnit(f64),
    /// A weight is negative or not finite.
    BadWeight(f64),
    /// All weights are 0, or there are none.
    NoWeight,
    /// Days of a table are not ascending.
    DaysNotAscending(u16),
}

impl std::fmt::Display for ChanceError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ChanceError::OutsideUnit(value) => write!(out, "{value} is not a probability between 0 and 1"),
            ChanceError::BadWeight(value) => write!(out, "{value} is not a weight: finite and not negative"),
            ChanceError::NoWeight => write!(out, "at least one weight must be above 0"),
            ChanceError::DaysNotAscending(day) => {
                write!(out, "day {day} does not come after the day before it in the table")
            }
        }
    }
}

impl std::error::Error for ChanceError {}

/// A probability, as the count of the 2^32 words that hit it; exact at 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probability(u64);

impl Probability {
    /// Never.
    pub const NEVER: Probability = Probability(0);
    /// Always.
    pub const ALWAYS: Probability = Probability(WORDS);

    /// From a number.
    ///
    /// # Errors
    /// If it is not within 0 to 1.
    pub fn new(value: f64) -> Result<Probability, ChanceError> {
        if (0.0..=1.0).contains(&value) {
            Ok(Probability((value * WORDS as f64 + 0.5) as u64))
        } else {
            Err(ChanceError::OutsideUnit(value))
        }
    }

    /// From a number, with all below 0 taken as 0 and all above 1 (or no number at all) as 1: for products of checked factors.
    #[must_use]
    pub fn clamped(value: f64) -> Probability {
        Probability::new(if value < 0.0 { 0.0 } else { value }).unwrap_or(Probability::ALWAYS)
    }

    /// Never or always: a draw would tell nothing.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self == Probability::NEVER || self == Probability::ALWAYS
    }

    /// Whether this word hits.
    #[must_use]
    pub const fn hits(self, word: u32) -> bool {
        (word as u64) < self.0
    }

    /// So many thousandths of it, at most certainty.
    #[must_use]
    pub fn times(self, thousandths: u64) -> Probability {
        if thousandths == 1000 {
            return self;
        }
        Probability((u128::from(self.0) * u128::from(thousandths) / 1000).min(u128::from(WORDS)) as u64)
    }

    /// Back to a number, exact.
    #[must_use]
    pub fn share(self) -> f64 {
        self.0 as f64 / WORDS as f64
    }
}

/// An accumulated hazard or an exponential budget, in units of 2^-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hazard(pub u64);

impl Hazard {
    /// None.
    pub const ZERO: Hazard = Hazard(0);
    /// More than any budget: a day of it or of more is certainty, and every day of a run together stays far below what the numbers can hold.
    pub const CERTAIN: Hazard = Hazard(23 << 32);

    /// The hazard of one day on which something happens with this probability: -ln(1 - p). Certainty is more than any budget.
    #[must_use]
    pub fn of_daily(probability: Probability) -> Hazard {
        if probability == Probability::ALWAYS {
            return Hazard(u64::MAX);
        }
        Hazard((-libm::log1p(-probability.share()) * WORDS as f64 + 0.5) as u64)
    }

    /// From a rate, events in the time meant (not negative; less is taken as none).
    #[must_use]
    pub fn of_rate(rate: f64) -> Hazard {
        Hazard((rate * WORDS as f64 + 0.5) as u64)
    }

    /// The exponential budget that a word stands for: -ln((word + 1/2) / 2^32), at most 22.9.
    #[must_use]
    pub fn budget(word: u32) -> Hazard {
        Hazard((-libm::log((f64::from(word) + 0.5) / WORDS as f64) * WORDS as f64 + 0.5) as u64)
    }

    /// The smallest word whose budget is at most this; `u32::MAX` if none is: budgets fall as words rise.
    #[must_use]
    pub fn least_word(self) -> u32 {
        let (mut low, mut high) = (0_u32, u32::MAX);
        while low < high {
            let middle = low + (high - low) / 2;
            if Hazard::budget(middle) <= self { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The two together, without overflow.
    #[must_use]
    pub const fn plus(self, other: Hazard) -> Hazard {
        Hazard(self.0.saturating_add(other.0))
    }

    /// The day offset, from 0, on which a constant daily hazard first reaches this budget; `None` if it is 0 or beyond `u32` days.
    #[must_use]
    pub fn days_at(self, daily: Hazard) -> Option<u32> {
        if daily.0 == 0 {
            return None;
        }
        u32::try_from(self.0.saturating_sub(1) / daily.0).ok()
    }
}

/// Words are looked up by their upper bits first: so many bits are left to look through.
const GUIDE_SHIFT: u32 = 24;
/// Ranges of words with the same upper bits.
const GUIDES: u64 = WORDS >> GUIDE_SHIFT;

/// The day on which a constant daily hazard reaches the budget of a word, as a table: what [`Hazard::days_at`] says of [`Hazard::budget`], without
/// a logarithm a draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HazardDays {
    /// For each day the smallest word that has come by then; descending.
    least_words: Vec<u32>,
    /// For each range of words the day of the largest of them; the days of its other words do not come before.
    guide: Vec<u16>,
}

impl HazardDays {
    /// The days before `days`; what comes later never comes.
    #[must_use]
    pub fn new(daily: Hazard, days: u16) -> HazardDays {
        let days = if daily == Hazard::ZERO { 0 } else { days };
        let least_word = |day: u16| Hazard(daily.0.saturating_mul(u64::from(day) + 1)).least_word();
        let least_words: Vec<u32> = (0..days).map(least_word).collect();
        let first = |range: u64| {
            let largest = ((range + 1) << GUIDE_SHIFT) - 1;
            least_words.partition_point(|least| u64::from(*least) > largest) as u16
        };
        HazardDays { guide: (0..GUIDES).map(first).collect(), least_words }
    }

    /// Days from the first one at risk, from 0; `None` if none of the table.
    #[must_use]
    #[inline]
    pub fn days(&self, word: u32) -> Option<u16> {
        let first = self.guide[(word >> GUIDE_SHIFT) as usize];
        let later = self.least_words.get(usize::from(first)..)?.iter().position(|least| *least <= word)?;
        Some(first + later as u16)
    }
}

/// A waiting time in whole days as a table of cumulative words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelayTable {
    /// Days, ascending.
    days: Vec<u16>,
    /// For each, the count of words up to and with it; the last is 2^32.
    cumulative: Vec<u64>,
    /// For each range of words the place of the smallest of them.
    guide: Vec<u16>,
}

impl DelayTable {
    /// From days with weights. Weights need not sum to 1.
    ///
    /// # Errors
    /// If days do not ascend, a weight is negative or not finite, or no weight is above 0.
    pub fn new(weights: &[(u16, f64)]) -> Result<DelayTable, ChanceError> {
        if let Some(pair) = weights.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            return Err(ChanceError::DaysNotAscending(pair[1].0));
        }
        let shares: Vec<f64> = weights.iter().map(|&(_, weight)| weight).collect();
        let cumulative = cumulative_words(&shares)?;
        Ok(DelayTable::of(weights.iter().map(|&(day, _)| day).collect(), cumulative))
    }

    fn of(days: Vec<u16>, cumulative: Vec<u64>) -> DelayTable {
        let guide = (0..GUIDES).map(|range| place_of(&cumulative, (range << GUIDE_SHIFT) as u32) as u16).collect();
        DelayTable { days, cumulative, guide }
    }

    /// Always the same.
    #[must_use]
    pub fn fixed(days: u16) -> DelayTable {
        DelayTable::of(vec![days], vec![WORDS])
    }

    /// Evenly on whole days, both ends included; an upper end below the lower one is taken as the lower one.
    #[must_use]
    pub fn uniform(from_days: u16, to_days: u16) -> DelayTable {
        let days: Vec<u16> = (from_days..=to_days.max(from_days)).collect();
        let count = days.len() as u64;
        let cumulative = (1..=count).map(|place| (WORDS * place).div_ceil(count)).collect();
        DelayTable::of(days, cumulative)
    }

    /// The days that this word stands for; more days for a larger word.
    #[must_use]
    #[inline]
    pub fn days(&self, word: u32) -> u16 {
        let mut place = usize::from(self.guide[(word >> GUIDE_SHIFT) as usize]);
        // INVARIANT: the last count is 2^32, so there is a place.
        while self.cumulative[place] <= u64::from(word) {
            place += 1;
        }
        self.days[place]
    }

    /// The longest delay with a weight above 0.
    #[must_use]
    pub fn longest_days(&self) -> u16 {
        self.days(u32::MAX)
    }

    /// The shortest delay with a weight above 0.
    #[must_use]
    pub fn shortest_days(&self) -> u16 {
        self.days(0)
    }
}

/// A distribution over a few kinds (fitness categories, reading classes) as cumulative words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindTable {
    cumulative: Vec<u64>,
}

impl KindTable {
    /// From the weight of each kind, in order. Weights need not sum to 1.
    ///
    /// # Errors
    /// If a weight is negative or not finite, or none is above 0.
    pub fn new(weights: &[f64]) -> Result<KindTable, ChanceError> {
        cumulative_words(weights).map(|cumulative| KindTable { cumulative })
    }

    /// The kind, counted from 0, that this word stands for.
    #[must_use]
    pub fn kind(&self, word: u32) -> usize {
        place_of(&self.cumulative, word)
    }

    /// How many kinds there are.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.cumulative.len()
    }
}

/// Cumulative counts of words for weights; the last is exactly 2^32, and a weight of 0 gets no word.
fn cumulative_words(weights: &[f64]) -> Result<Vec<u64>, ChanceError> {
    if let Some(&bad) = weights.iter().find(|weight| !(weight.is_finite() && **weight >= 0.0)) {
        return Err(ChanceError::BadWeight(bad));
    }
    let total: f64 = weights.iter().sum();
    if !(total > 0.0 && total.is_finite()) {
        return Err(ChanceError::NoWeight);
    }
    let last = weights.iter().rposition(|&weight| weight > 0.0).unwrap_or(0);
    let mut so_far = 0.0;
    Ok(weights
        .iter()
        .enumerate()
        .map(|(place, weight)| {
            so_far += weight;
            if place >= last { WORDS } else { ((so_far / total * WORDS as f64 + 0.5) as u64).min(WORDS) }
        })
        .collect())
}

/// First place whose cumulative count exceeds the word. INVARIANT: the last count is 2^32, so there is one.
fn place_of(cumulative: &[u64], word: u32) -> usize {
    cumulative.partition_point(|&upto| upto <= u64::from(word))
}
