//! Counters of one district: flows of the day and stocks, by column, and samples of durations. Only whole numbers.
//!
//! The list of columns is here, each with its definition; who counts what is in the mechanisms. This file knows no law and no person.

use callup_law::program::Offset;
use callup_law::roles::{MeasureKind, Milestone};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Declares a list of columns.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal, $unit:literal : $meaning:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $meaning] $variant,)+ }

        impl $name {
            /// Every column, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// Name of the column.
            #[must_use]
            pub const fn word(self) -> &'static str { match self { $($name::$variant => $word,)+ } }
            /// What is counted.
            #[must_use]
            pub const fn unit(self) -> &'static str { match self { $($name::$variant => $unit,)+ } }
            /// Definition, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $($name::$variant => $meaning,)+ } }
        }
    };
}

columns! {
    /// What is counted anew every day.
    Flow {
        Issued = "issued", "notices": "Notices formed and not void.",
        IssuedToDraft = "issued_to_draft", "notices": "Of those, summonses to the draft.",
        DatesCome = "dates_come", "notices": "Summonses to the draft whose date of appearance has come.",
        Void = "void", "notices": "Notices that the law makes void for their dates.",
        Irregular = "irregular", "notices": "Notices outside their bounds that stand because the law says nothing.",
        MattersOpened = "matters_opened", "matters": "Matters opened.",
        MattersClosed = "matters_closed", "matters": "Matters closed with nothing pending.",
        Sent = "sent", "notices": "Notices sent to an employer or place of study.",
        Posted = "posted", "notices": "Notices given to the post.",
        Placed = "placed", "notices": "Notices placed in the register of notices, or in a published list.",
        PlacedInAccount = "placed_in_account", "notices": "Notices placed in personal accounts.",
        Visits = "visits", "visits": "Attempts to hand a notice over in person.",
        Delivered = "delivered", "notices": "Notices marked as delivered by the post.",
        Refused = "refused", "notices": "Notices that the post brought back.",
        HandedOver = "handed_over", "notices": "Notices handed over in person.",
        HandedOverByEmployer = "handed_over_by_employer", "notices": "Notices handed over by an employer or place of study.",
        Opened = "opened", "notices": "Notices opened on the portal.",
        Learned = "learned", "matters": "Matters in which a person learned of a measure at the border.",
        Located = "located", "persons": "Matters in which a person was found and brought to the office, by whatever means.",
        FoundByCameras = "found_by_cameras", "persons": "Listed persons found in public places who owe what they are listed for.",
        FoundByEmployers = "found_by_employers", "persons": "Listed persons found through employers who owe what they are listed for.",
        FoundByPlacesOfStudy = "found_by_places_of_study", "persons": "Listed persons found through places of study who owe what they are listed for.",
        WronglyStoppedByCameras = "wrongly_stopped_by_cameras", "persons": "Persons not listed who were taken for somebody listed in public places.",
        WronglyStoppedByEmployers = "wrongly_stopped_by_employers", "persons": "Persons not listed who were taken for somebody listed by employers.",
        WronglyStoppedByPlacesOfStudy = "wrongly_stopped_by_places_of_study", "persons": "Persons not listed who were taken for somebody listed by places of study.",
        StaleStopsByCameras = "stale_stops_by_cameras", "persons": "The right person stopped in public places on a listing that has ended or that the truth does not bear out.",
        StaleStopsByEmployers = "stale_stops_by_employers", "persons": "The right person met through an employer on a listing that has ended or that the truth does not bear out.",
        StaleStopsByPlacesOfStudy = "stale_stops_by_places_of_study", "persons": "The right person met through a place of study on a listing that has ended or that the truth does not bear out.",
        ListEntered = "list_entered", "persons": "Persons who came onto the list of those looked for.",
        ListRemoved = "list_removed", "persons": "Persons whom no way of searching looks for any more.",
        FirstSeen = "first_seen", "notices": "Notices of which the person comes to know.",
        Served = "served", "notices": "Notices that came to count as served.",
        ServedUnseen = "served_unseen", "notices": "Notices that came to count as served before the person knew of them.",
        ServedDated = "served_dated", "notices": "Notices that count as served, on the date of appearance that they name; one whose matter was over before, on that day.",
        Missed = "missed", "notices": "Of those, the ones that counted as served by their date and that the person did not know of on it.",
        ValidReasonShown = "valid_reason_shown", "notices": "Valid reasons shown for not coming on the date of appearance.",
        UnreachedLivesElsewhere = "unreached_lives_elsewhere", "notices": "Notices that on their date of appearance were neither served nor known, because he does not live where he is registered: the first attempt that failed by then failed on it. Like every cause of this kind counted on that date, once a notice.",
        UnreachedAddressOutOfDate = "unreached_address_out_of_date", "notices": "The same, because the office has another address than the registered one, or none.",
        UnreachedNotAtHome = "unreached_not_at_home", "notices": "The same, because nobody was met at the right address.",
        UnreachedAway = "unreached_away", "notices": "The same, because he was abroad or serving.",
        UnreachedNotPassedOn = "unreached_not_passed_on", "notices": "The same, because an employer or place of study did not pass the notice on.",
        UnreachedNotCollected = "unreached_not_collected", "notices": "The same, because the letter was refused or not collected at the right address.",
        UnreachedNotRead = "unreached_not_read", "notices": "The same, because what was placed electronically was not opened by that date; no attempt in another way had failed.",
        UnreachedNoEmployerKnown = "unreached_no_employer_known", "notices": "The same, because the register knows of no employer or place of study and no other way was taken.",
        UnreachedNoAccount = "unreached_no_account", "notices": "The same, because he has no account and no other way was taken.",
        UnreachedUnderWay = "unreached_under_way", "notices": "The same, without a failure: no attempt was made by that date, or its outcome was still open.",
        Appeared = "appeared", "appearances": "Appearances at an office on a notice.",
        RecordsMended = "records_mended", "persons": "Records that an appearance mended.",
        Queued = "queued", "persons": "Persons who entered the queue of a commission.",
        QueueDropped = "queue_dropped", "persons": "Persons who left the queue undecided.",
        Examined = "examined", "persons": "Persons examined.",
        Deferred = "deferred", "decisions": "Deferments granted.",
        Exempted = "exempted", "decisions": "Exemptions decided.",
        CalledUp = "called_up", "decisions": "Call-ups decided.",
        CallUpsFallen = "call_ups_fallen", "decisions": "Call-ups that fell: set aside on a remedy, before the dispatch or after it, or ended before it by a deferment through an employer or by the law. The place in the decreed number is free again.",
        NotCalledUp = "not_called_up", "decisions": "Men not called up because the number was filled.",
        Dispatched = "dispatched", "persons": "Men dispatched to the forces.",
        RecordsEntered = "records_entered", "decisions": "Decisions entered in the register.",
        RecordsLost = "records_lost", "decisions": "Decisions that will never be entered.",
        TripsTurnedBack = "trips_turned_back", "persons": "Persons turned back on a trip with a return.",
        DepartureAttempts = "departure_attempts", "persons": "Persons who came to the border to leave for good.",
        DeparturesTurnedBack = "departures_turned_back", "persons": "Of those, turned back.",
        TripsBegun = "trips_begun", "persons": "Trips abroad begun by anybody: the expectation from the rates, in whole men, less those turned back.",
        TripsEnded = "trips_ended", "persons": "Trips abroad ended by anybody, counted in the same way.",
        Returned = "returned", "persons": "Persons who came back after leaving the country.",
        Left = "left", "persons": "Persons who left the country, not on a trip.",
        ContractsSigned = "contracts_signed", "persons": "Men who signed a contract with the ministry, by whatever channel, where they live.",
        ContractsByPosters = "contracts_by_posters", "persons": "Of those, the ones reached by posters and leaflets.",
        ContractsByAdvertising = "contracts_by_advertising", "persons": "Of those, the ones reached by advertising.",
        ContractsByColdCalls = "contracts_by_cold_calls", "persons": "Of those, the ones reached by calls.",
        ContractsByPlacesOfStudy = "contracts_by_places_of_study", "persons": "Of those, the ones reached through places of study.",
        ContractsByEmploymentServices = "contracts_by_employment_services", "persons": "Of those, the ones reached through employment and social services.",
        ContractsByVacancies = "contracts_by_vacancies", "persons": "Of those, the ones reached through sites of vacancies.",
        ContractsByMobilePoints = "contracts_by_mobile_points", "persons": "Of those, the ones reached at mobile points.",
        ContractsByOfficeVisits = "contracts_by_office_visits", "persons": "Of those, the ones who signed on a visit to the office, under pressure or not.",
        ContractsSignedElsewhere = "contracts_signed_elsewhere", "persons": "Of those who signed with the ministry, the ones who did so in another region for its bonus.",
        ContractsLeft = "contracts_left", "persons": "Men who left a contract with the ministry while it could be left, or whose term was over.",
        CompanyContracts = "company_contracts", "persons": "Men who signed a contract with a private company.",
        CompanyReturned = "company_returned", "persons": "Men who came home at the end of a contract with a private company.",
        SeasonEnded = "season_ended", "matters": "Matters still open when their season ended.",
        Transferred = "transferred", "matters": "Matters carried to a new law.",
        VisitsDataCheck = "visits_data_check", "appearances": "Appearances on a notice to check data.",
        VisitsTraining = "visits_training", "appearances": "Appearances on a notice of training.",
        VisitsMobilisation = "visits_mobilisation", "appearances": "Appearances on a notice of mobilisation.",
        PressedToSign = "pressed_to_sign", "persons": "Persons pressed to sign a contract when they came to an office.",
        SignedUnderPressure = "signed_under_pressure", "persons": "Of those, the ones who signed.",
        LeaveRegionPapers = "leave_region_papers", "persons": "Persons handed a paper that forbids them to leave the region.",
        MobilisationRoll = "mobilisation_roll", "persons": "Men of the categories called whom the register shows in the reserve, on the day on which a mobilisation draws up its roll.",
        Mobilised = "mobilised", "persons": "Men dispatched on mobilisation.",
        MobilisedWrongly = "mobilised_wrongly", "persons": "Of those, the ones whom the truth frees.",
        MobilisedReturned = "mobilised_returned", "persons": "Men mobilised who were sent home: called wrongly, or on a remedy that succeeded.",
        EmployerCards = "employer_cards", "persons": "Cards filed by employers for men with a notice of mobilisation.",
        EmployerDeferrals = "employer_deferrals", "persons": "Of those, the ones granted.",
        RemediesFiled = "remedies_filed", "remedies": "Remedies filed.",
        RemediesAgainstCallUps = "remedies_against_call_ups", "remedies": "Of those, the ones against a call-up, to the term of service or on mobilisation.",
        ClaimsAgainstCallUps = "claims_against_call_ups", "remedies": "Of those, the ones that the law sends to a court.",
        RemediesLate = "remedies_late", "remedies": "Remedies refused because the law holds them late.",
        RemediesGranted = "remedies_granted", "remedies": "Remedies decided: they succeed.",
        RemediesRefused = "remedies_refused", "remedies": "Remedies decided: they fail.",
        RemediesSuspensive = "remedies_suspensive", "remedies": "Remedies filed that hold up what they are against, by the law or by interim protection.",
        GrantedAfterDispatch = "remedies_granted_after_dispatch", "remedies": "Remedies that succeed when the man has been dispatched.",
        FiledWhileListed = "remedies_filed_while_listed", "remedies": "Remedies filed by men who stand on the list of those looked for.",
        DispatchedWhilePending = "dispatched_while_pending", "persons": "Men dispatched while a remedy of theirs against the call-up was pending.",
        DispatchedUndecided = "dispatched_undecided", "persons": "Of those, the ones whose first remedy against the call-up nobody had decided.",
        DispatchedReturned = "dispatched_returned", "persons": "Men dispatched in the draft who came home on a remedy that succeeded.",
        ObjectionsFiled = "objections_filed", "applications": "Applications for alternative service.",
        ObjectionsLate = "objections_late", "applications": "Applications for alternative service refused because they came late.",
        ObjectionsGranted = "objections_granted", "applications": "Applications for alternative service granted.",
        ObjectorsDispatched = "objectors_dispatched", "persons": "Men dispatched to the forces who object on conscience.",
        AlternativeService = "alternative_service", "persons": "Men sent to alternative service.",
        Represented = "represented", "remedies": "Remedies filed by somebody else under a power of attorney.",
        AidSummons = "aid_summons", "requests": "Requests for legal aid about a summons to the draft or to training.",
        AidDataCheck = "aid_data_check", "requests": "Requests for legal aid about a summons to check data.",
        AidMobilisation = "aid_mobilisation", "requests": "Requests for legal aid about a notice of mobilisation.",
        AidRemedy = "aid_remedy", "requests": "Requests for legal aid about a remedy.",
        AidExit = "aid_exit", "requests": "Requests for legal aid about leaving the country.",
        AidContractPressure = "aid_contract_pressure", "requests": "Requests for legal aid about pressure to sign a contract.",
    }
}

columns! {
    /// What stands at the end of a day.
    Stock {
        MattersOpen = "matters_open", "matters": "Matters open.",
        Queue = "queue", "persons": "Persons in the queues of commissions.",
        CallUpsStanding = "call_ups_standing", "decisions": "Call-ups decided that have not fallen; never more than the decreed numbers.",
        Serving = "serving", "persons": "Men who serve their term, dispatched in this run.",
        Listed = "listed", "persons": "Persons on the list of those looked for, rightly or not.",
        OnTrip = "on_trip", "persons": "Persons abroad on trips, as far as trips begun and ended give them.",
        Abroad = "abroad", "persons": "Persons who left the country in this run, not on a trip, and have not come back.",
        Contract = "contract", "persons": "Men who serve on a contract with the ministry, signed in this run.",
        Company = "company", "persons": "Men under a contract with a private company, signed in this run; those who have not come home stay among them.",
        Restricted = "restricted", "persons": "Persons under a measure of any kind.",
        RestrictedUnseen = "restricted_unseen", "persons": "Of those, under one on a notice they have not come to know of.",
        RestrictedWrongful = "restricted_wrongful", "persons": "Persons under a measure of any kind whom the truth frees from the call-up.",
        RestrictedByRecord = "restricted_wrongful_by_record", "persons": "Of those, the ones whom the register does not show as free.",
        DrivingBarred = "driving_barred", "persons": "Persons under a ban on driving.",
        LivelihoodBarred = "livelihood_barred", "persons": "Of those, the ones whose main income needs driving.",
        MobilisedServing = "mobilised_serving", "persons": "Men who serve, mobilised in this run.",
        RemediesPending = "remedies_pending", "remedies": "Remedies filed and not decided.",
        InAlternativeService = "in_alternative_service", "persons": "Men in alternative service, sent there in this run.",
    }
}

columns! {
    /// What is counted anew every day for each kind of measure.
    MeasureFlow {
        StartDue = "start_due", "grounds": "Measures due to start under the law.",
        StartDueUnserved = "start_due_unserved", "grounds": "Of those, before the day on which the notice counted as served, if it ever did.",
        StartDueAutomatic = "start_due_automatic", "grounds": "Of those due to start, by a rule that no decision of an authority on the person sets off.",
        StartDueAssessed = "start_due_assessed", "grounds": "Of those due to start, by a rule that asks for a circumstance which the person has shown or follows the order of a court.",
        On = "on", "grounds": "Measures put into effect.",
        OnDeemed = "on_deemed", "grounds": "Of those put into effect, on a notice that counted as served and of which the person did not know.",
        LiftDue = "lift_due", "grounds": "Measures whose lift falls due by an event of the day.",
        Off = "off", "grounds": "Measures taken off.",
        Restricted = "restricted", "persons": "Persons who come under the measure.",
        Freed = "freed", "persons": "Persons who come free of the measure.",
    }
}

columns! {
    /// What stands at the end of a day for each kind of measure.
    MeasureStock {
        Grounds = "grounds_standing", "grounds": "Measures in effect.",
        Standing = "standing", "persons": "Persons under the measure.",
        Unseen = "standing_unseen", "persons": "Persons under the measure on a notice they have not come to know of.",
        Wrongful = "standing_wrongful", "persons": "Persons under the measure whom the truth frees from the call-up (deferment, exemption, service done).",
        WrongfulByRecord = "standing_wrongful_by_record", "persons": "Of those, the ones whom the register does not show as free: an error of the register, not a rule that is too broad.",
    }
}

columns! {
    /// Durations that are counted by whole days.
    Duration {
        InEffect = "measure_duration_days", "grounds": "Days from on to off of a measure.",
        LiftLatency = "lift_latency_days", "grounds": "Days from the lifting event to off.",
        Overdue = "lift_overdue_days", "grounds": "Days in effect after the last day on which the law would have the measure lifted.",
        NoticeGap = "notice_gap_days", "notices": "Days from service in law to knowledge, of notices that were not known when they came to count as served.",
        TimeToComply = "time_to_comply_days", "notices": "Days from knowledge to the date of appearance, below 0 where the date had passed; of notices known or served under a law with such a date.",
        SanctionStack = "sanction_stack", "defaults": "The most kinds of measure in effect at once on a notice whose time to come ran out.",
        RemedyTime = "appeal_time_days", "remedies": "Days from filing to the decision of a remedy.",
        DaysToReturn = "days_to_return", "persons": "Days from dispatch to the return of men mobilised wrongly and sent home.",
    }
}

/// One length to be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sample {
    /// Which.
    pub duration: Duration,
    /// Place of the kind of measure among those of the run; `u8::MAX` for none.
    pub measure: u8,
    /// Whether it has come to its end; else it stands at so many days when the matter closes or the run ends.
    pub ended: bool,
    /// Days; a count of kinds for a stack of sanctions.
    pub days: i16,
    /// Code of the person's strata.
    pub stratum: u16,
}

/// Something counted for a person of certain strata, or on another day than the one it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Observed {
    /// Day that it belongs to.
    pub day: Offset,
    /// Code of the person's strata.
    pub stratum: u16,
    /// Place among the flows; after them, among the stocks.
    pub column: u16,
    /// By how much.
    pub by: i16,
}

/// Why a notice was neither served nor known on its date: what was tried and failed first, then what could not be tried, last that nothing
/// had failed.
pub const CAUSES: [Flow; 10] = [
    Flow::UnreachedLivesElsewhere,
    Flow::UnreachedAddressOutOfDate,
    Flow::UnreachedNotAtHome,
    Flow::UnreachedAway,
    Flow::UnreachedNotPassedOn,
    Flow::UnreachedNotCollected,
    Flow::UnreachedNotRead,
    Flow::UnreachedNoEmployerKnown,
    Flow::UnreachedNoAccount,
    Flow::UnreachedUnderWay,
];

/// How much a cause says: of two the greater one stands, of equals the earlier.
#[must_use]
pub const fn weight_of_cause(cause: Flow) -> u8 {
    match cause {
        Flow::UnreachedUnderWay => 0,
        Flow::UnreachedNoEmployerKnown | Flow::UnreachedNoAccount => 1,
        Flow::UnreachedNotRead => 2,
        _ => 3,
    }
}

/// Whether a flow is known only after the day that it belongs to.
#[must_use]
pub const fn is_dated(column: u16) -> bool {
    // Causes stand together; a test holds the list to it.
    let (first, last) = (Flow::UnreachedLivesElsewhere as u16, Flow::UnreachedUnderWay as u16);
    column == Flow::ServedDated as u16 || column == Flow::Missed as u16 || (first <= column && column <= last)
}

/// How the counters of a run are laid out: fixed columns, milestones, then the kinds of measure that the laws have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    kinds: Vec<MeasureKind>,
    /// Place in `kinds` of each kind of the vocabulary.
    place_of: Vec<u8>,
}

const MILESTONES: usize = Milestone::ALL.len();

impl Columns {
    /// The columns of a run whose laws have these kinds of measure.
    #[must_use]
    pub fn new(kinds: Vec<MeasureKind>) -> Columns {
        let place =
            |kind: &MeasureKind| kinds.iter().position(|other| other == kind).map_or(u8::MAX, |place| place as u8);
        Columns { place_of: MeasureKind::ALL.iter().map(place).collect(), kinds }
    }

    /// Kinds of measure.
    #[must_use]
    pub fn kinds(&self) -> &[MeasureKind] {
        &self.kinds
    }

    /// Place of a kind among those of the run.
    #[must_use]
    pub fn place(&self, kind: MeasureKind) -> u8 {
        self.place_of[kind as usize]
    }

    /// How many flows.
    #[must_use]
    pub fn flows(&self) -> usize {
        Flow::ALL.len() + 2 * MILESTONES + self.kinds.len() * MeasureFlow::ALL.len()
    }

    /// How many stocks.
    #[must_use]
    pub fn stocks(&self) -> usize {
        Stock::ALL.len() + MILESTONES + self.kinds.len() * MeasureStock::ALL.len()
    }

    /// Place of an entry into a milestone among the flows.
    #[must_use]
    pub const fn entered(milestone: u8) -> usize {
        Flow::ALL.len() + milestone as usize
    }

    /// Place of a departure from a milestone among the flows.
    #[must_use]
    pub const fn departed(milestone: u8) -> usize {
        Flow::ALL.len() + MILESTONES + milestone as usize
    }

    /// Place of a flow of a kind of measure (its place in the run) among the flows.
    #[must_use]
    pub const fn measure_flow(place: u8, flow: MeasureFlow) -> usize {
        Flow::ALL.len() + 2 * MILESTONES + place as usize * MeasureFlow::ALL.len() + flow as usize
    }

    /// Place of a milestone among the stocks.
    #[must_use]
    pub const fn at_milestone(milestone: u8) -> usize {
        Stock::ALL.len() + milestone as usize
    }

    /// Place of a stock of a kind of measure (its place in the run) among the stocks.
    #[must_use]
    pub const fn measure_stock(place: u8, stock: MeasureStock) -> usize {
        Stock::ALL.len() + MILESTONES + place as usize * MeasureStock::ALL.len() + stock as usize
    }
}

impl Columns {
    /// Where each column of a run under these laws, flows and then stocks, stood under others; `None` for what those did not have.
    pub(crate) fn places_in(&self, before: &Columns) -> Vec<Option<usize>> {
        let of_kind = |kind: &MeasureKind| before.kinds.iter().position(|known| known == kind);
        let mut places: Vec<Option<usize>> = (0..Columns::measure_flow(0, MeasureFlow::StartDue)).map(Some).collect();
        let per_kind = |first: usize, each: usize| {
            self.kinds.iter().flat_map(move |kind| (0..each).map(move |one| Some(first + of_kind(kind)? * each + one)))
        };
        places.extend(per_kind(Columns::measure_flow(0, MeasureFlow::StartDue), MeasureFlow::ALL.len()));
        let fixed = Columns::measure_stock(0, MeasureStock::Grounds);
        places.extend((0..fixed).map(|stock| Some(before.flows() + stock)));
        places.extend(per_kind(before.flows() + fixed, MeasureStock::ALL.len()));
        places
    }
}

/// The counters of one district.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    /// Flows of the day.
    pub flows: Vec<u32>,
    /// Stocks. A stock below 0 is a bug, which the invariants find.
    pub stocks: Vec<i64>,
    /// Stocks at the end of yesterday.
    before: Vec<i64>,
    /// How often a track passed today from a milestone (or none, the last place) to another: counted into flows and stocks at the day's end.
    passages: Vec<u32>,
    /// Which of them are above 0.
    passed: Vec<u16>,
    /// Lengths counted since the last fold.
    pub samples: Vec<Sample>,
    /// What is to be counted on a later day, by day and flow.
    ahead: BTreeMap<(Offset, u8), u32>,
    /// What was counted by strata, or for another day, since the last fold.
    pub observed: Vec<Observed>,
    /// Every day since the last fold: flows, then stocks.
    days: Vec<u32>,
}

/// The counters of a district at a day's end, as they are saved.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct SavedTally<'s> {
    /// Stocks.
    pub(crate) stocks: Cow<'s, [i64]>,
    ahead: Cow<'s, BTreeMap<(Offset, u8), u32>>,
}

impl SavedTally<'_> {
    /// The same with stocks in other places; those that had none are 0.
    pub(crate) fn refitted(self, stocks: &[Option<usize>]) -> Self {
        let moved = stocks.iter().map(|place| place.and_then(|place| self.stocks.get(place).copied()).unwrap_or(0));
        SavedTally { stocks: moved.collect(), ..self }
    }

    /// Whether it has these columns, and what is counted ahead belongs to a day after `today`.
    pub(crate) fn is_sound(&self, columns: &Columns, today: Offset) -> bool {
        let known = |((day, flow), count): (&(Offset, u8), &u32)| {
            *day > today && usize::from(*flow) < columns.flows() && *count <= u32::MAX / 2
        };
        self.stocks.len() == columns.stocks() && self.ahead.iter().all(known)
    }
}

impl Tally {
    /// All at 0.
    #[must_use]
    pub fn new(columns: &Columns) -> Tally {
        Tally {
            flows: vec![0; columns.flows()],
            stocks: vec![0; columns.stocks()],
            before: vec![0; columns.stocks()],
            passages: vec![0; (MILESTONES + 1) * (MILESTONES + 1)],
            passed: Vec::new(),
            samples: Vec::new(),
            ahead: BTreeMap::new(),
            observed: Vec::new(),
            days: Vec::new(),
        }
    }

    /// Counts one.
    #[inline]
    pub fn count(&mut self, flow: Flow) {
        self.flows[flow as usize] += 1;
    }

    /// Counts one on a later day, without anybody being looked at then.
    pub fn count_ahead(&mut self, day: Offset, flow: Flow) {
        self.count_more_ahead(day, flow, 1);
    }

    /// Counts several on a later day.
    pub fn count_more_ahead(&mut self, day: Offset, flow: Flow, some: u32) {
        *self.ahead.entry((day, flow as u8)).or_default() += some;
    }

    /// The day has come for what was to be counted on it.
    pub fn reach(&mut self, today: Offset) {
        while let Some(entry) = self.ahead.first_entry().filter(|entry| entry.key().0 <= today) {
            let ((_, flow), count) = entry.remove_entry();
            self.flows[usize::from(flow)] += count;
        }
    }

    /// Moves a stock.
    #[inline]
    pub fn shift(&mut self, stock: Stock, by: i64) {
        self.stocks[stock as usize] += by;
    }

    /// Counts one of a kind of measure.
    #[inline]
    pub fn count_measure(&mut self, place: u8, flow: MeasureFlow) {
        self.flows[Columns::measure_flow(place, flow)] += 1;
    }

    /// Moves a stock of a kind of measure.
    #[inline]
    pub fn shift_measure(&mut self, place: u8, stock: MeasureStock, by: i64) {
        self.stocks[Columns::measure_stock(place, stock)] += by;
    }

    /// Counts the passage of a track from one milestone (or none) to another (or none).
    #[inline]
    pub fn pass(&mut self, from: u8, to: u8) {
        let place = usize::from(from).min(MILESTONES) * (MILESTONES + 1) + usize::from(to).min(MILESTONES);
        let count = &mut self.passages[place];
        if *count == 0 {
            self.passed.push(place as u16);
        }
        *count += 1;
    }

    /// Counts the passages of the day into flows and stocks.
    pub fn settle_passages(&mut self) {
        while let Some(place) = self.passed.pop() {
            let count = std::mem::take(&mut self.passages[usize::from(place)]);
            let (from, to) = (usize::from(place) / (MILESTONES + 1), usize::from(place) % (MILESTONES + 1));
            if from == to {
                // Two states of a law that mean the same to the world.
                continue;
            }
            if from != MILESTONES {
                self.flows[Columns::departed(from as u8)] += count;
                self.stocks[Columns::at_milestone(from as u8)] -= i64::from(count);
            }
            if to != MILESTONES {
                self.flows[Columns::entered(to as u8)] += count;
                self.stocks[Columns::at_milestone(to as u8)] += i64::from(count);
            }
        }
    }

    /// Counts for a day, today or another one, what happened to a person of certain strata.
    pub fn observe(&mut self, day: Offset, stratum: u16, column: usize, by: i16) {
        self.observed.push(Observed { day, stratum, column: column as u16, by });
    }

    /// Place of a stock among all columns.
    #[must_use]
    pub fn stock_column(&self, stock: usize) -> usize {
        self.flows.len() + stock
    }

    /// What is kept at a day's end, after the days have been folded.
    pub(crate) fn saved(&self) -> SavedTally<'_> {
        // Every field by name: whoever adds one decides here whether it is kept.
        let Tally { flows: _, stocks, before: _, samples: _, observed: _, days: _, ahead, passages: _, passed: _ } =
            self;
        SavedTally { stocks: Cow::Borrowed(stocks), ahead: Cow::Borrowed(ahead) }
    }

    /// Takes it back; nothing is counted since.
    pub(crate) fn restore(&mut self, saved: SavedTally<'_>) {
        self.clear();
        self.before.copy_from_slice(&saved.stocks);
        self.stocks = saved.stocks.into_owned();
        self.ahead = saved.ahead.into_owned();
    }

    /// A stock at the end of yesterday.
    #[must_use]
    pub fn yesterday(&self, stock: usize) -> i64 {
        self.before[stock]
    }

    /// Whether the stock of every milestone is yesterday's plus what came minus what went, and none is below 0.
    #[must_use]
    pub fn milestones_balance(&self) -> bool {
        let (came, went) =
            (&self.flows[Columns::entered(0)..][..MILESTONES], &self.flows[Columns::departed(0)..][..MILESTONES]);
        let (was, is) = (
            &self.before[Columns::at_milestone(0)..][..MILESTONES],
            &self.stocks[Columns::at_milestone(0)..][..MILESTONES],
        );
        let mut off = 0;
        for (((came, went), was), is) in came.iter().zip(went).zip(was).zip(is) {
            // All bits of the difference, and the sign of the stock.
            off |= (was + i64::from(*came) - i64::from(*went)) ^ is | is & i64::MIN;
        }
        off == 0
    }

    /// Whether nothing was counted today and no stock has moved.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.flows.iter().fold(0, |any, flow| any | flow) == 0 && self.stocks == self.before
    }

    /// Ends a day whose passages are settled: it is kept for the fold and the flows begin anew.
    pub fn end_day(&mut self) {
        self.days.extend_from_slice(&self.flows);
        self.days.extend(self.stocks.iter().map(|&stock| u32::try_from(stock).unwrap_or(0)));
        self.flows.fill(0);
        self.before.copy_from_slice(&self.stocks);
    }

    /// The days since the last fold, one row each: flows, then stocks.
    #[must_use]
    pub fn days(&self) -> &[u32] {
        &self.days
    }

    /// Everything has been folded.
    pub fn forget(&mut self) {
        self.days.clear();
        self.samples.clear();
        self.observed.clear();
    }

    /// All at 0 again, for another district.
    pub fn clear(&mut self) {
        self.flows.fill(0);
        self.stocks.fill(0);
        self.before.fill(0);
        self.samples.clear();
        self.ahead.clear();
        self.observed.clear();
        self.days.clear();
    }
}
