//! The one list of indicators: name, unit, definition, and from which counters each is made.
//!
//! What a run writes, what `callup list indicators` prints and what the pages in `docs/indicators/` explain is this list; a test holds them
//! together. Every indicator of how people are reached stands beside those of whom that wrongs. This file knows no law and no file.

use crate::district::mark;
use crate::tally::{CAUSES, Duration, Flow, MeasureFlow, MeasureStock, Stock};

/// From which counters the rows of an indicator are made. The second member, where there is one, is what the first is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Flows added up, of other flows added up (none where it stands alone): by week and of the run.
    Flows(&'static [Flow], &'static [Flow]),
    /// A stock at the end of a week.
    Stock(Stock, Option<Stock>),
    /// Person-days in a stock: by week and of the run.
    Days(Stock, Option<Stock>),
    /// A flow of each kind of measure and of all together: by week and of the run.
    Measure(MeasureFlow, Option<MeasureFlow>),
    /// A stock of each kind of measure at the end of a week.
    MeasureStock(MeasureStock, Option<MeasureStock>),
    /// Person-days in a stock of each kind of measure: by week and of the run.
    MeasureDays(MeasureStock, Option<MeasureStock>),
    /// Distinct persons of the run of whom all of the first marks are true and none of the second, of those of whom all of the third are.
    Persons(u32, u32, u32),
    /// A histogram of lengths.
    Length(Duration),
    /// The histogram of this length for the ban on leaving the country.
    ExitBanLength(Duration),
    /// The days of the first length together, of the days of the second: of the run.
    LengthDays(Duration, Duration),
    /// The ratio and the difference to everybody else that stand beside each share of a region or stratum.
    EveryShare,
}

/// An indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Name, and name of its page.
    pub id: &'static str,
    /// What its value counts.
    pub unit: &'static str,
    /// What it says, in one sentence: the value, and what it is a part of.
    pub definition: &'static str,
    /// What its rows are made from.
    pub sources: &'static [Source],
}

const fn indicator(
    id: &'static str,
    unit: &'static str,
    definition: &'static str,
    sources: &'static [Source],
) -> Indicator {
    Indicator { id, unit, definition, sources }
}

/// The indicator of this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Indicator> {
    INDICATORS.iter().find(|indicator| indicator.id == id)
}

/// The name under which histograms of a length are written; that of the ban on leaving the country has one of its own.
#[must_use]
pub fn length_name(duration: Duration, is_exit_ban: bool) -> &'static str {
    let has = |wanted: Source| INDICATORS.iter().find(|indicator| indicator.sources.contains(&wanted));
    let own = if is_exit_ban { has(Source::ExitBanLength(duration)) } else { None };
    own.map_or(duration.word(), |indicator| indicator.id)
}

const NONE: &[Flow] = &[];

/// Stops of somebody who is not the one listed, by every way of searching.
const FALSE_STOPS: &[Flow] =
    &[Flow::WronglyStoppedByCameras, Flow::WronglyStoppedByEmployers, Flow::WronglyStoppedByPlacesOfStudy];

/// Stops of the one listed, wrongly or no more.
const STALE_STOPS: &[Flow] = &[Flow::StaleStopsByCameras, Flow::StaleStopsByEmployers, Flow::StaleStopsByPlacesOfStudy];

/// All stops.
const STOPS: &[Flow] = &[
    Flow::FoundByCameras,
    Flow::FoundByEmployers,
    Flow::FoundByPlacesOfStudy,
    Flow::WronglyStoppedByCameras,
    Flow::WronglyStoppedByEmployers,
    Flow::WronglyStoppedByPlacesOfStudy,
    Flow::StaleStopsByCameras,
    Flow::StaleStopsByEmployers,
    Flow::StaleStopsByPlacesOfStudy,
];

/// Every indicator: notice, measures, lifting, errors, observation, the border; then what they are held against.
pub const INDICATORS: &[Indicator] = &[
    indicator(
        "restricted_no_actual_notice",
        "persons",
        "Persons under a measure on a notice that they do not know of, of all under one: at the week's end, and ever in the run.",
        &[
            Source::Stock(Stock::RestrictedUnseen, Some(Stock::Restricted)),
            Source::MeasureStock(MeasureStock::Unseen, Some(MeasureStock::Standing)),
            Source::Persons(mark::RESTRICTED_UNSEEN, 0, mark::RESTRICTED),
        ],
    ),
    indicator(
        "person_days_no_notice",
        "person-days",
        "Days that persons were under a measure on a notice that they did not know of, of all days under one.",
        &[
            Source::Days(Stock::RestrictedUnseen, Some(Stock::Restricted)),
            Source::MeasureDays(MeasureStock::Unseen, Some(MeasureStock::Standing)),
        ],
    ),
    indicator(
        "restricted_before_deemed",
        "measures",
        "Measures due to start before the day on which their notice counted as served, of all due to start.",
        &[Source::Measure(MeasureFlow::StartDueUnserved, Some(MeasureFlow::StartDue))],
    ),
    indicator(
        "missed_notice_rate",
        "notices",
        "Notices that counted as served by the date of appearance they name and were not known on it, of all that count as served, by that date.",
        &[Source::Flows(&[Flow::Missed], &[Flow::ServedDated])],
    ),
    indicator(
        "unreached",
        "notices",
        "Notices that on their date of appearance were neither served nor known, of all formed.",
        &[Source::Flows(&CAUSES, &[Flow::Issued])],
    ),
    indicator(
        "unreached_lives_elsewhere",
        "notices",
        "Notices neither served nor known on their date because the man does not live where he is registered, of all neither served nor known on it.",
        &[Source::Flows(&[Flow::UnreachedLivesElsewhere], &CAUSES)],
    ),
    indicator(
        "served_unseen",
        "notices",
        "Notices that counted as served before the person knew of them, of all that came to count as served.",
        &[Source::Flows(&[Flow::ServedUnseen], &[Flow::Served])],
    ),
    indicator(
        "persons_served_unseen",
        "persons",
        "Distinct persons one of whose notices counted as served before they knew of it, of those summoned.",
        &[Source::Persons(mark::SERVED_UNSEEN, 0, mark::SUMMONED)],
    ),
    indicator(
        "fiction_share",
        "measures",
        "Measures put into effect on a notice that counted as served and that the person did not know of, of all put into effect.",
        &[Source::Measure(MeasureFlow::OnDeemed, Some(MeasureFlow::On))],
    ),
    indicator(
        "notice_gap_days",
        "notices",
        "Days from service in law to knowledge, of notices that were not known when they came to count as served; open where they never came to be known.",
        &[Source::Length(Duration::NoticeGap)],
    ),
    indicator(
        "time_to_comply_days",
        "notices",
        "Days from knowledge of a notice to the date of appearance it names, below 0 where that had passed; open where it was never known.",
        &[Source::Length(Duration::TimeToComply)],
    ),
    indicator(
        "wrongful_restriction",
        "persons",
        "Persons under a measure whom the truth frees from the call-up, of all under one: at the week's end, and ever in the run.",
        &[
            Source::Stock(Stock::RestrictedWrongful, Some(Stock::Restricted)),
            Source::MeasureStock(MeasureStock::Wrongful, Some(MeasureStock::Standing)),
            Source::Persons(mark::RESTRICTED_WRONGLY, 0, mark::RESTRICTED),
        ],
    ),
    indicator(
        "wrongful_person_days",
        "person-days",
        "Days that persons were under a measure while the truth freed them from the call-up, of all days under one.",
        &[
            Source::Days(Stock::RestrictedWrongful, Some(Stock::Restricted)),
            Source::MeasureDays(MeasureStock::Wrongful, Some(MeasureStock::Standing)),
        ],
    ),
    indicator(
        "register_error_share",
        "persons",
        "Persons restricted wrongly whom the register does not show as free, of all restricted wrongly: an error of the register; the rest are rules that are too broad.",
        &[
            Source::Stock(Stock::RestrictedByRecord, Some(Stock::RestrictedWrongful)),
            Source::MeasureStock(MeasureStock::WrongfulByRecord, Some(MeasureStock::Wrongful)),
            Source::Persons(mark::RESTRICTED_BY_RECORD, 0, mark::RESTRICTED_WRONGLY),
        ],
    ),
    indicator(
        "over_inclusion",
        "persons",
        "Persons who were under an exit ban and whose time to come never ran out in the run, of all who were under one.",
        &[Source::Persons(mark::BARRED, mark::DEFAULTED, mark::BARRED)],
    ),
    indicator(
        "exit_ban_duration",
        "measures",
        "Days from on to off of a ban on leaving the country; open where it stands when the run ends.",
        &[Source::ExitBanLength(Duration::InEffect)],
    ),
    indicator(
        "measure_duration_days",
        "measures",
        "Days from on to off of a measure other than the ban on leaving the country; open where it stands when the run ends.",
        &[Source::Length(Duration::InEffect)],
    ),
    indicator(
        "lift_latency_days",
        "measures",
        "Days from the event that lifts a measure to the day its agency takes it off; open where it stands when the run ends.",
        &[Source::Length(Duration::LiftLatency)],
    ),
    indicator(
        "lift_overdue_days",
        "measures",
        "Days that a measure stayed in effect after the last day on which the law would have it lifted.",
        &[Source::Length(Duration::Overdue)],
    ),
    indicator(
        "residual_restriction_days",
        "measure-days",
        "Days that measures stayed in effect after the event that lifts them, of all days that measures were in effect.",
        &[Source::LengthDays(Duration::LiftLatency, Duration::InEffect)],
    ),
    indicator(
        "automated_only_share",
        "measures",
        "Measures due to start by a rule that no decision of an authority on the person sets off, of all due to start.",
        &[Source::Measure(MeasureFlow::StartDueAutomatic, Some(MeasureFlow::StartDue))],
    ),
    indicator(
        "individual_assessment_share",
        "measures",
        "Measures due to start by a rule that asks for a circumstance which the person has shown or follows the order of a court, of all due to start.",
        &[Source::Measure(MeasureFlow::StartDueAssessed, Some(MeasureFlow::StartDue))],
    ),
    indicator(
        "livelihood_loss",
        "persons",
        "Persons under a ban on driving whose main income needs driving, of all under one: at the week's end, and ever in the run.",
        &[
            Source::Stock(Stock::LivelihoodBarred, Some(Stock::DrivingBarred)),
            Source::Persons(mark::LIVELIHOOD_BARRED, 0, mark::DRIVING_BARRED),
        ],
    ),
    indicator(
        "sanction_stack",
        "defaults",
        "The most kinds of measure in effect at once on a notice whose time to come ran out; open where its matter is when the run ends.",
        &[Source::Length(Duration::SanctionStack)],
    ),
    indicator(
        "fr_false_stop",
        "persons",
        "Persons stopped by a search who are not the one listed, of all stopped by searches.",
        &[Source::Flows(FALSE_STOPS, STOPS)],
    ),
    indicator(
        "fr_status_error_stop",
        "persons",
        "Listed persons stopped by a search on a listing that has ended or that the truth does not bear out, of all stopped by searches.",
        &[Source::Flows(STALE_STOPS, STOPS)],
    ),
    indicator(
        "trips_turned_back",
        "persons",
        "Persons turned back at the border on a trip with a return.",
        &[Source::Flows(&[Flow::TripsTurnedBack], NONE)],
    ),
    indicator(
        "departures_turned_back",
        "persons",
        "Persons turned back at the border when leaving for good, of all who came to leave for good.",
        &[Source::Flows(&[Flow::DeparturesTurnedBack], &[Flow::DepartureAttempts])],
    ),
    indicator(
        "turned_back",
        "persons",
        "Distinct persons who were turned back at the border, of all who were under an exit ban.",
        &[Source::Persons(mark::TURNED_BACK, 0, mark::BARRED)],
    ),
    indicator(
        "pressed_to_sign",
        "persons",
        "Appearances at which a man was pressed to sign a contract, of all appearances on a notice.",
        &[Source::Flows(&[Flow::PressedToSign], &[Flow::Appeared])],
    ),
    indicator(
        "signed_under_pressure",
        "persons",
        "Men who signed a contract when pressed at an office, of those pressed.",
        &[Source::Flows(&[Flow::SignedUnderPressure], &[Flow::PressedToSign])],
    ),
    indicator(
        "leave_region_papers",
        "persons",
        "Appearances at which a man was handed a paper that forbids him to leave the region, of all appearances on a notice.",
        &[Source::Flows(&[Flow::LeaveRegionPapers], &[Flow::Appeared])],
    ),
    indicator(
        "pressed",
        "persons",
        "Distinct persons who were pressed to sign a contract at an office, of those who appeared.",
        &[Source::Persons(mark::PRESSED, 0, mark::APPEARED)],
    ),
    indicator(
        "mobilised",
        "persons",
        "Distinct persons who were dispatched on mobilisation, of those summoned.",
        &[Source::Persons(mark::MOBILISED, 0, mark::SUMMONED)],
    ),
    indicator(
        "share_of_reserve_mobilised",
        "persons",
        "Men dispatched on mobilisation, of those in the called categories whom the register shows in the reserve.",
        &[Source::Flows(&[Flow::Mobilised], &[Flow::MobilisationRoll])],
    ),
    indicator(
        "mobilised_wrongly",
        "persons",
        "Men dispatched on mobilisation whom the truth frees, of all dispatched on it.",
        &[Source::Flows(&[Flow::MobilisedWrongly], &[Flow::Mobilised])],
    ),
    indicator(
        "mobilised_returned",
        "persons",
        "Men mobilised who were sent home, called wrongly or on a remedy, against those mobilised wrongly.",
        &[Source::Flows(&[Flow::MobilisedReturned], &[Flow::MobilisedWrongly])],
    ),
    indicator(
        "days_to_return",
        "persons",
        "Days from dispatch to the return of men sent home: mobilised wrongly, or on a remedy.",
        &[Source::Length(Duration::DaysToReturn)],
    ),
    indicator(
        "dispatched_pending_appeal",
        "remedies",
        "Men dispatched while a remedy of theirs against the call-up was pending, of remedies filed against call-ups.",
        &[Source::Flows(&[Flow::DispatchedWhilePending], &[Flow::RemediesAgainstCallUps])],
    ),
    indicator(
        "irreversible_before_remedy",
        "remedies",
        "Men dispatched before anybody had decided on their first remedy against the call-up, of remedies filed against call-ups.",
        &[Source::Flows(&[Flow::DispatchedUndecided], &[Flow::RemediesAgainstCallUps])],
    ),
    indicator(
        "time_barred",
        "remedies",
        "Remedies refused because the law holds them late, of remedies decided.",
        &[Source::Flows(&[Flow::RemediesLate], &[Flow::RemediesGranted, Flow::RemediesRefused])],
    ),
    indicator(
        "suspensive_coverage",
        "remedies",
        "Remedies that held up what they are against, by the law or by interim protection, of remedies filed.",
        &[Source::Flows(&[Flow::RemediesSuspensive], &[Flow::RemediesFiled])],
    ),
    indicator(
        "appeal_success",
        "remedies",
        "Remedies decided that succeed, of remedies decided.",
        &[Source::Flows(&[Flow::RemediesGranted], &[Flow::RemediesGranted, Flow::RemediesRefused])],
    ),
    indicator(
        "late_success",
        "remedies",
        "Remedies that succeed when the man has been dispatched, of those that succeed.",
        &[Source::Flows(&[Flow::GrantedAfterDispatch], &[Flow::RemediesGranted])],
    ),
    indicator(
        "dispatched_returned",
        "persons",
        "Men dispatched in the draft who came home on a remedy that succeeded.",
        &[Source::Flows(&[Flow::DispatchedReturned], NONE)],
    ),
    indicator(
        "appeal_time_days",
        "remedies",
        "Days from filing to the decision of a remedy; open where it is pending when the run ends.",
        &[Source::Length(Duration::RemedyTime)],
    ),
    indicator(
        "appellant_flagged",
        "remedies",
        "Remedies filed by men who stand on the list of those looked for, of remedies filed.",
        &[Source::Flows(&[Flow::FiledWhileListed], &[Flow::RemediesFiled])],
    ),
    indicator(
        "co_granted",
        "applications",
        "Applications for alternative service that are granted, of those filed.",
        &[Source::Flows(&[Flow::ObjectionsGranted], &[Flow::ObjectionsFiled])],
    ),
    indicator(
        "co_time_barred",
        "applications",
        "Applications for alternative service that are refused because they came late, of those filed.",
        &[Source::Flows(&[Flow::ObjectionsLate], &[Flow::ObjectionsFiled])],
    ),
    indicator(
        "co_dispatched",
        "persons",
        "Men dispatched to the forces who object on conscience.",
        &[Source::Flows(&[Flow::ObjectorsDispatched], NONE)],
    ),
    indicator(
        "filed_remedy",
        "persons",
        "Distinct persons who filed a remedy, themselves or through somebody else, of those summoned.",
        &[Source::Persons(mark::FILED_REMEDY, 0, mark::SUMMONED)],
    ),
    indicator(
        "asked_for_help",
        "persons",
        "Distinct persons who asked for legal aid about a matter of their own, of all people.",
        &[Source::Persons(mark::ASKED_FOR_HELP, 0, 0)],
    ),
    indicator(
        "summoned",
        "persons",
        "Distinct persons for whom a notice was formed, of all people.",
        &[Source::Persons(mark::SUMMONED, 0, 0)],
    ),
    indicator(
        "reached",
        "persons",
        "Distinct persons who came to know of a notice, of those summoned.",
        &[Source::Persons(mark::REACHED, 0, mark::SUMMONED)],
    ),
    indicator(
        "appeared",
        "persons",
        "Distinct persons who appeared on a notice, of those summoned.",
        &[Source::Persons(mark::APPEARED, 0, mark::SUMMONED)],
    ),
    indicator(
        "defaulted",
        "persons",
        "Distinct persons whose time to come on a notice ran out, of those summoned.",
        &[Source::Persons(mark::DEFAULTED, 0, mark::SUMMONED)],
    ),
    indicator(
        "restricted",
        "persons",
        "Persons under a measure of any kind at the week's end; distinct persons who ever were, of those summoned.",
        &[Source::Stock(Stock::Restricted, None), Source::Persons(mark::RESTRICTED, 0, mark::SUMMONED)],
    ),
    indicator(
        "barred",
        "persons",
        "Distinct persons who were under an exit ban, of those summoned.",
        &[Source::Persons(mark::BARRED, 0, mark::SUMMONED)],
    ),
    indicator(
        "barred_unseen",
        "persons",
        "Distinct persons who were under an exit ban on a notice that they did not know of, of all who were under one.",
        &[Source::Persons(mark::BARRED_UNSEEN, 0, mark::BARRED)],
    ),
    indicator(
        "barred_wrongly",
        "persons",
        "Distinct persons who were under an exit ban though the truth freed them from the call-up, of all who were under one.",
        &[Source::Persons(mark::BARRED_WRONGLY, 0, mark::BARRED)],
    ),
    indicator(
        "restricted_further",
        "persons",
        "Distinct persons who were under a measure other than the bans on leaving and on a passport, of those summoned.",
        &[Source::Persons(mark::RESTRICTED_FURTHER, 0, mark::SUMMONED)],
    ),
    indicator(
        "deferred",
        "persons",
        "Distinct persons to whom a deferment was granted, of those summoned.",
        &[Source::Persons(mark::DEFERRED, 0, mark::SUMMONED)],
    ),
    indicator(
        "exempted",
        "persons",
        "Distinct persons who were exempted, of those summoned.",
        &[Source::Persons(mark::EXEMPTED, 0, mark::SUMMONED)],
    ),
    indicator(
        "called_up",
        "persons",
        "Distinct persons who were called up, of those summoned.",
        &[Source::Persons(mark::CALLED_UP, 0, mark::SUMMONED)],
    ),
    indicator(
        "dispatched",
        "persons",
        "Distinct persons who were dispatched to the forces, of those summoned.",
        &[Source::Persons(mark::DISPATCHED, 0, mark::SUMMONED)],
    ),
    indicator(
        "left",
        "persons",
        "Distinct persons who left the country for good, of all people.",
        &[Source::Persons(mark::LEFT, 0, 0)],
    ),
    indicator(
        "contracts_signed",
        "persons",
        "Men who signed a contract with the ministry, by whatever channel, where they live.",
        &[Source::Flows(&[Flow::ContractsSigned], NONE)],
    ),
    indicator(
        "contracts_signed_elsewhere",
        "persons",
        "Men who signed a contract with the ministry in another region for its bonus, of all who signed one.",
        &[Source::Flows(&[Flow::ContractsSignedElsewhere], &[Flow::ContractsSigned])],
    ),
    indicator(
        "company_contracts",
        "persons",
        "Men who signed a contract with a private company.",
        &[Source::Flows(&[Flow::CompanyContracts], NONE)],
    ),
    indicator(
        "queue",
        "persons",
        "Persons in the queues of commissions at the week's end.",
        &[Source::Stock(Stock::Queue, None)],
    ),
    indicator(
        "disparity",
        "ratio",
        "Ratio and difference of a share in a region or stratum to the share among everybody else.",
        &[Source::EveryShare],
    ),
];
