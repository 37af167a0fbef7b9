//! The step function and the naive interpreter say the same on random laws and random lives.
//!
//! Whatever differs prints its seed.

use callup_law::calendar::Day;
use callup_law::program::{Answers, Facts, Horizon, Offset, PictureCode};
use callup_law::roles::PersonFact;
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{What, live};
use callup_naive::random_law::{StillWorld, file_remedies, law, notices};
use callup_naive::stepped::{Inputs, stepped};

const FIRST_DAY: i32 = 44_000;
const DAYS: i32 = 400;
/// Days before the first day of the lives at which the horizon begins.
const LEAD_DAYS: i32 = 100;

struct World {
    still: StillWorld,
}

impl Facts for World {
    fn age(&self, on: Offset, _picture: PictureCode) -> i32 {
        Almanac::shared().age(self.still.born, FIRST_DAY - LEAD_DAYS + i32::from(on))
    }

    fn person(&self, fact: PersonFact, _picture: PictureCode) -> bool {
        match fact {
            PersonFact::LivesAtAddress => self.still.lives_at_address,
            PersonFact::PortalAccount => self.still.has_portal_account,
            _ => false,
        }
    }

    fn condition(&self, _condition: usize, _today: Offset) -> bool {
        self.still.condition
    }
}

#[test]
fn step_and_naive_interpreter_agree_on_random_laws() {
    let (mut compared, mut all) = (0, Inputs::default());
    let horizon = Horizon { origin: Day(FIRST_DAY - LEAD_DAYS), days: 2_000 };
    for seed in 0..1_000u64 {
        let book = law(seed);
        let still = StillWorld::random(seed);
        let answers: Answers =
            [("reading".to_string(), if seed % 2 == 0 { "narrow" } else { "wide" }.to_string())].into_iter().collect();
        for round in 0..2 {
            let mut lives = notices(seed * 31 + round, FIRST_DAY, DAYS);
            file_remedies(seed, &book, &mut lives, DAYS);
            let mut wanted = live(&book, &answers, &still, &lives, FIRST_DAY + DAYS - 1);
            // Suspensions are no effects of the step: the holder is held to them.
            wanted.retain(|one| !matches!(one.what, What::Barred | What::Suspended { .. } | What::Resumed { .. }));
            let (mut found, inputs) =
                stepped(&book, &answers, &World { still }, &lives, (horizon, FIRST_DAY + DAYS - 1));
            all = Inputs { straight: all.straight + inputs.straight, asked: all.asked + inputs.asked };
            wanted.sort();
            found.sort();
            assert_eq!(
                found,
                wanted,
                "law {seed}, lives {}: the step function (left) and the naive interpreter differ",
                seed * 31 + round
            );
            compared += wanted.len();
        }
    }
    let Inputs { straight, asked } = all;
    assert!(straight > 10_000 && asked > 5_000, "{straight} inputs went straight and {asked} did not");
    assert!(compared > 10_000, "only {compared} happenings: the random laws do too little to compare anything");
}
