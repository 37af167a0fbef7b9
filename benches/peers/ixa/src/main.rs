//! R1 with ixa: people as entities, their state as a property, every waiting time a plan.
//!
//! usage: peer-ixa PEOPLE [SEED]. Counts follow the property's change events, as the reporters of ixa's book do.

use ixa::ExecutionPhase;
use ixa::prelude::*;
use peer_r1::{
    COMES, COMES_DAYS, COMPLIES, DAYS, DECIDED_AFTER, DEEMED, ISSUE_DAYS, LOCATED, PUT_OFF, READ, READ_DAYS,
    RESTRICTED_AFTER, Tally, Transition, leave_days, region_of, report,
};

define_entity!(Person);
define_property!(struct Region(u8), Person);
define_property!(
    enum Status {
        Registered,
        Summoned,
        Served,
        Appeared,
        Restricted,
        Complied,
        Located,
        Deferred,
        Drafted,
    },
    Person,
    default_const = Status::Registered
);
define_rng!(LifeRng);
define_data_plugin!(TallyPlugin, Option<Tally>, None);

/// Registered people wait for their summons.
fn plan_issue(context: &mut Context, person: PersonId) {
    let day = context.sample_range(LifeRng, 0..ISSUE_DAYS);
    context.add_plan(f64::from(day), move |context| {
        context.set_property(person, Status::Summoned);
        plan_service(context, person);
    });
}

fn after(context: &Context, days: u32) -> f64 {
    context.get_current_time() + f64::from(days)
}

fn plan_service(context: &mut Context, person: PersonId) {
    let read = context.sample_bool(LifeRng, READ);
    let days = if read { context.sample_range(LifeRng, 0..READ_DAYS) } else { DEEMED };
    context.add_plan(after(context, days), move |context| {
        context.set_property(person, Status::Served);
        if context.sample_bool(LifeRng, COMES) {
            let days = context.sample_range(LifeRng, 1..=COMES_DAYS);
            plan_appearance(context, person, days, Status::Appeared);
        } else {
            plan_restriction(context, person);
        }
    });
}

fn plan_restriction(context: &mut Context, person: PersonId) {
    context.add_plan(after(context, RESTRICTED_AFTER), move |context| {
        context.set_property(person, Status::Restricted);
        let days = leave_days(context.sample_range(LifeRng, 0.0..1.0));
        let located = context.sample_bool(LifeRng, LOCATED / (COMPLIES + LOCATED));
        plan_appearance(context, person, days, if located { Status::Located } else { Status::Complied });
    });
}

fn plan_appearance(context: &mut Context, person: PersonId, days: u32, how: Status) {
    context.add_plan(after(context, days), move |context| {
        context.set_property(person, how);
        context.add_plan(after(context, DECIDED_AFTER), move |context| {
            let put_off = context.sample_bool(LifeRng, PUT_OFF);
            context.set_property(person, if put_off { Status::Deferred } else { Status::Drafted });
        });
    });
}

fn transition(to: Status) -> Transition {
    match to {
        Status::Registered => unreachable!("nobody goes back to being registered"),
        Status::Summoned => Transition::Issued,
        Status::Served => Transition::Served,
        Status::Appeared => Transition::Appeared,
        Status::Restricted => Transition::Restricted,
        Status::Complied => Transition::Complied,
        Status::Located => Transition::Located,
        Status::Deferred => Transition::Deferred,
        Status::Drafted => Transition::Drafted,
    }
}

fn tally(context: &mut Context) -> &mut Tally {
    context.get_data_mut(TallyPlugin).as_mut().expect("main puts it there")
}

fn main() {
    let (people, seed) = peer_r1::arguments();
    let mut context = Context::new();
    context.init_random(seed);
    *context.get_data_mut(TallyPlugin) = Some(Tally::new(people));
    context.subscribe_to_event(|context: &mut Context, event: PropertyChangeEvent<Person, Status>| {
        let Region(region) = context.get_property(event.entity_id);
        tally(context).moved(usize::from(region), transition(event.current));
    });
    context.add_periodic_plan_with_phase(1.0, |context| tally(context).end_of_day(), ExecutionPhase::Last);
    for person in 0..people {
        let region = Region(region_of(person, people) as u8);
        let person = context.add_entity(with!(Person, region)).expect("everything that has no default is given");
        plan_issue(&mut context, person);
    }
    context.add_plan_with_phase(DAYS as f64, Context::abort, ExecutionPhase::First);
    context.execute();
    let tally = tally(&mut context);
    report(people, seed, &tally.totals, &tally.table);
}
