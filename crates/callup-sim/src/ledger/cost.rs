//! Cost (M19): bonuses, pay, supplements and compensation as accounts in whole roubles, by day; the months are added up elsewhere.
//!
//! Every account is a number of men, days or kilometres times a price of the scenario; fractions of a rouble are carried on.

use super::credit::{Credit, Rate};
use super::months::Month;
use super::service::{Kind, ServiceDay};
use super::{Flows, Frame, Movement, Status};
use crate::scenario::contract::BonusKind;
use crate::scenario::ledgers::Cost;
use crate::settings::contract::Bonuses;

/// Accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Account {
    /// The federal bonus for contracts.
    FederalBonus,
    /// The bonus of regions for contracts.
    RegionalBonus,
    /// Pay of men on contract and mobilised who are not deployed.
    UnitPay,
    /// Pay of those deployed.
    DeployedPay,
    /// Pay of conscripts.
    ConscriptPay,
    /// Supplements for days in active offensive.
    OffensiveDays,
    /// Supplements for kilometres of advance.
    Kilometres,
    /// Compensation for deaths.
    Deaths,
    /// Compensation for disabilities.
    Disabilities,
}

impl Account {
    /// All, in order.
    pub const ALL: [Account; 9] = [
        Account::FederalBonus,
        Account::RegionalBonus,
        Account::UnitPay,
        Account::DeployedPay,
        Account::ConscriptPay,
        Account::OffensiveDays,
        Account::Kilometres,
        Account::Deaths,
        Account::Disabilities,
    ];

    /// How tables write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Account::FederalBonus => "federal_bonus",
            Account::RegionalBonus => "regional_bonus",
            Account::UnitPay => "unit_pay",
            Account::DeployedPay => "deployed_pay",
            Account::ConscriptPay => "conscript_pay",
            Account::OffensiveDays => "offensive_days",
            Account::Kilometres => "kilometres",
            Account::Deaths => "deaths",
            Account::Disabilities => "disabilities",
        }
    }

    /// Whether its roubles belong to the region whose men sign.
    #[must_use]
    pub const fn is_by_region(self) -> bool {
        matches!(self, Account::FederalBonus | Account::RegionalBonus)
    }
}

/// Roubles of a month by account: of the nation, and of each region where the account is one of regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostMonth {
    /// Of the nation.
    pub national: [u64; Account::ALL.len()],
    /// By region.
    pub regions: Vec<[u64; Account::ALL.len()]>,
}

/// The accounts, month by month.
#[must_use]
pub fn keep(
    cost: &Cost,
    frame: &Frame<'_>,
    flows: &Flows<'_>,
    months: &[Month],
    service: &[ServiceDay],
) -> Vec<CostMonth> {
    let days = u16::try_from(flows.days()).unwrap_or(u16::MAX);
    let of_kind = |is_federal: bool| {
        let rows = frame.bonuses.iter().filter(|row| (row.kind == BonusKind::Federal) == is_federal);
        Bonuses::new(&rows.cloned().collect::<Vec<_>>(), frame.regions, frame.start, days)
    };
    let bonuses = [of_kind(true), of_kind(false)];
    let mut credits = [Credit::default(); Account::ALL.len()];
    let keep_month = |month: &Month| {
        let regions: Vec<Accounts> =
            (0..flows.regions()).map(|region| signed(&bonuses, flows, *month, region)).collect();
        let mut national: Accounts =
            Account::ALL.map(|account| together(regions.iter().map(|of| of[account as usize])));
        for day in month.first..=month.last {
            for (account, rate) in paid(cost, frame.scale, month.length_days, service.get(day)) {
                let paid = credits[account as usize].draw(rate);
                national[account as usize] = national[account as usize].saturating_add(paid);
            }
        }
        CostMonth { national, regions }
    };
    months.iter().map(keep_month).collect()
}

/// Roubles by account.
type Accounts = [u64; Account::ALL.len()];

/// Bonuses, federal and of the region, for those of a region who sign in a month.
fn signed(bonuses: &[Bonuses; 2], flows: &Flows<'_>, month: Month, region: usize) -> Accounts {
    let mut accounts = [0_u64; Account::ALL.len()];
    for day in month.first..=month.last {
        let men = flows.regional("contracts_signed", day, region);
        for (account, bonuses) in [Account::FederalBonus, Account::RegionalBonus].into_iter().zip(bonuses) {
            let roubles = men.saturating_mul(bonuses.on(region as u16, day).into());
            accounts[account as usize] = accounts[account as usize].saturating_add(roubles);
        }
    }
    accounts
}

/// Roubles added up; a scenario of absurd prices comes to the greatest number there is.
pub fn together(roubles: impl Iterator<Item = u64>) -> u64 {
    roubles.fold(0, u64::saturating_add)
}

/// What a day with these men serving costs.
fn paid(cost: &Cost, scale: f64, month_days: u64, day: Option<&ServiceDay>) -> Vec<(Account, Rate)> {
    let Some(day) = day else { return Vec::new() };
    let at = |status: Status, kind: Kind| day.stocks[status as usize][kind as usize];
    let on_pay = [Kind::Contract, Kind::Mobilised];
    let deployed: u64 = on_pay.iter().map(|kind| at(Status::Deployed, *kind)).sum();
    // Who is absent is not paid.
    let elsewhere = Status::ALL.into_iter().filter(|status| !matches!(status, Status::Deployed | Status::Absent));
    let in_units: u64 = elsewhere.flat_map(|status| on_pay.map(|kind| at(status, kind))).sum();
    let conscripts: u64 = day.stocks.iter().map(|stock| stock[Kind::Conscript as usize]).sum();
    let struck = |movement: Movement| on_pay.iter().map(|kind| day.moved[movement as usize][*kind as usize]).sum();
    let monthly = |pay: u64, men: u64| Rate::new(pay as f64).times(men).over(month_days);
    vec![
        (Account::UnitPay, monthly(cost.unit_pay.whole(), in_units)),
        (Account::DeployedPay, monthly(cost.deployed_pay.whole(), deployed)),
        (Account::ConscriptPay, monthly(cost.conscript_pay.whole(), conscripts)),
        (Account::OffensiveDays, Rate::new(cost.offensive_share.value * cost.offensive_day.value).times(deployed)),
        (Account::Kilometres, Rate::new(cost.kilometres_per_day.value * cost.kilometre.value * scale)),
        (Account::Deaths, Rate::new(cost.death.value).times(struck(Movement::Dead))),
        (Account::Disabilities, Rate::new(cost.disability.value).times(struck(Movement::Disabled))),
    ]
}
