# The words of explanations in English. Every language has the same messages with the same arguments; a test holds them together.
# No message judges a person or says what to do: the subject is the Act, the body, or what was stated.

## Dates. `padded` is the day with a blank in front, `two` with a nought; both have two signs.

date-long = { $weekday } { $day } { $month } { $year }
date-short = { $weekday } { $day } { $month_short } { $year }
date-row = { $weekday } { $padded } { $month_short } { $year }
date-brief = { $day } { $month_short }
date-brief-year = { $day } { $month_short } { $year }
date-of-year = { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun
weekday-full-mon = Monday
weekday-full-tue = Tuesday
weekday-full-wed = Wednesday
weekday-full-thu = Thursday
weekday-full-fri = Friday
weekday-full-sat = Saturday
weekday-full-sun = Sunday

## Lengths of time, standing alone and behind a word that asks for the genitive (`within`, `at most`).

length-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
length-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
length-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
length-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
length-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
length-of-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
length-of-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
length-of-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
length-of-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
length-of-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}

## Joining

list-last = { $most } and { $last }
or-joint = { $first }, or { $next }
or-if-joint = { $first }, or if { $next }
and-joint = { $first } and { $next }
either-joint = { $first } or { $next }
only-if = , only if { $what }
article-short = Art.
quoted-label = "{ $label }"
headed-label = { $label }
the-label = the { $label }

## What happened, as said to the person.

event-past-issued = the notice was formed
event-past-sent = the notice was sent to an employer or a place of study
event-past-posted = the notice was given to the post
event-past-placed = the notice was placed in the register
event-past-placed-in-account = the notice was placed in your account on the portal
event-past-published = the notice was published
event-past-broadcast = the notice was broadcast
event-past-messaged = the notice was sent to you as a message
event-past-delivered = the post marked the notice as delivered
event-past-refused = the notice was refused or not collected
event-past-handed-over = the notice was handed over to you
event-past-handed-over-by-employer = the notice was handed over at work or at the place of study
event-past-left-with-other = the notice was left with somebody else
event-past-opened = you opened the notice
event-past-learned = you learned of a measure in another way
event-past-located = you were found
event-past-valid-reason-shown = you showed a valid reason
event-past-rebutted = you proved that the notice did not reach you
event-past-warned = you were warned
event-past-demanded = the office demanded that you comply
event-past-complied = you complied
event-past-sued = the office applied to the court
event-past-ordered = the court ordered it
event-past-refused-by-court = the court refused it
event-past-penalty-imposed = a penalty was imposed
event-past-filed = a challenge was filed
event-past-restored = the missed time limit was restored
event-past-granted = the challenge succeeded
event-past-rejected = the challenge failed
event-past-became-final = the decision on the challenge became final
event-past-cancelled = the notice or the measure was cancelled
event-past-appeared = you appeared
event-past-examined = you were examined
event-past-deferred = a deferment was granted
event-past-exempted = you were exempted or released
event-past-called-up = a call-up was decided
event-past-not-called-up = the call-up ended without a decision against you
event-past-dispatched = you were dispatched to the forces
event-past-left = you left the country for good
event-past-season-ended = the season ended

## The same after `the day on which` and `ends it:`.

event-clause-issued = the notice is formed
event-clause-sent = the notice is sent to an employer or a place of study
event-clause-posted = the notice is given to the post
event-clause-placed = the notice is placed in the register
event-clause-placed-in-account = the notice is placed in your account
event-clause-published = the notice is published
event-clause-broadcast = the notice is broadcast
event-clause-messaged = the notice is sent to you as a message
event-clause-delivered = the post marks the notice as delivered
event-clause-refused = the notice is refused or not collected
event-clause-handed-over = the notice is handed over to you
event-clause-handed-over-by-employer = the notice is handed over at work or at the place of study
event-clause-left-with-other = the notice is left with somebody else
event-clause-opened = you open the notice
event-clause-learned = you learn of a measure in another way
event-clause-located = you are found
event-clause-valid-reason-shown = you show a valid reason
event-clause-rebutted = you prove that the notice did not reach you
event-clause-warned = you are warned
event-clause-demanded = the office demands that you comply
event-clause-complied = you comply
event-clause-sued = the office applies to the court
event-clause-ordered = the court orders it
event-clause-refused-by-court = the court refuses it
event-clause-penalty-imposed = a penalty is imposed
event-clause-filed = a challenge is filed
event-clause-restored = the missed time limit is restored
event-clause-granted = the challenge succeeds
event-clause-rejected = the challenge fails
event-clause-became-final = the decision on the challenge becomes final
event-clause-cancelled = the notice or the measure is cancelled
event-clause-appeared = you appear
event-clause-examined = you are examined
event-clause-deferred = a deferment is granted
event-clause-exempted = you are exempted or released
event-clause-called-up = a call-up is decided
event-clause-not-called-up = the call-up ends without a decision against you
event-clause-dispatched = you are dispatched to the forces
event-clause-left = you leave the country for good
event-clause-season-ended = the season ends

## What a person can do: behind `to end it:`, and at the head of a sentence.

act-order-opened = open the notice
act-order-valid-reason-shown = show a valid reason
act-order-complied = comply
act-order-appeared = appear
act-gerund-opened = Opening the notice
act-gerund-valid-reason-shown = Showing a valid reason
act-gerund-complied = Complying
act-gerund-appeared = Appearing

## What entering a state comes to.

state-served = the notice counts as served
state-defaulted = the time to appear has run out
state-lapsed = the notice has lost its effect
state-deferred = the matter ends with a deferment
state-called-up = the matter ends with a call-up
state-closed = the matter is closed

## What a measure bars.

barred-exit-ban = leaving the country
barred-passport-ban = the issue of a passport for travel abroad
barred-driving-ban = driving
barred-vehicle-registration-ban = the registration of vehicles
barred-property-registration-ban = the registration of real estate
barred-sole-trader-ban = registration as a sole trader
barred-self-employed-ban = registration as self-employed
barred-credit-ban = credit and loan contracts
barred-asset-freeze = disposing of assets
barred-regional-leave-ban = leaving the region
barred-regional-support-ban = regional payments and support

## The words of the closed vocabulary.

measure-exit-ban = exit ban
measure-passport-ban = passport ban
measure-driving-ban = driving ban
measure-vehicle-registration-ban = vehicle registration ban
measure-property-registration-ban = property registration ban
measure-sole-trader-ban = sole trader ban
measure-self-employed-ban = self employed ban
measure-credit-ban = credit ban
measure-asset-freeze = asset freeze
measure-wanted-status = wanted status
measure-regional-leave-ban = regional leave ban
measure-regional-support-ban = regional support ban
notice-draft-notice = a summons to the call-up
notice-data-check-notice = a summons to check the data of the register
notice-training-notice = a summons to military training
notice-mobilisation-notice = a summons on mobilisation
person-liable-for-draft = whether you belong to those subject to the call-up
person-has-deferment = whether there is a ground for deferment
person-is-exempt = whether you are exempt, released or unfit by decision
person-is-student = whether you study full time
person-has-served = whether you have served your term
person-is-reservist = whether you are in the reserve
person-has-valid-reason = whether you had a valid reason for not appearing
person-lives-at-address = whether you live at the address in the register
person-has-portal-account = whether you have an account on the state portal
person-has-defaulted-before = whether you failed to appear on an earlier notice
person-earns-by-driving = whether your main lawful income comes from driving
person-needs-vehicle = whether you need a vehicle because of a disability
person-agrees-to-messages = whether you agreed to be given notice by message
picture-recorded = as recorded
picture-truth = as it is
picture-proved = as proved
answer-yes = yes
answer-no = no
age-younger = younger than { $least }
age-at-most = { $most } or younger
age-at-least = { $least } or older
age-exactly = { $least }
age-between = { $least } to { $most }
age-older = older than { $most }
topic-age = age on { $day } { $picture }
topic-learned = learned of it
name-court = court
name-office = office
name-regional-commission = regional commission
name-commission = commission
name-traffic-police = traffic police
name-police = police
name-citizen = citizen
date-appearance = appearance date

## What a period is counted from.

anchor-filed = filing
anchor-event = the day on which { $event }
anchor-entry = the day of "{ $state }"
anchor-appearance = appearance date
anchor-start = the start of { $measure }
anchor-knowledge = the day you learn of it
anchor-later = the later of { $days }
anchor-earlier = the earlier of { $days }
anchor-window-start = the first day of { $window }
anchor-window-end = the last day of { $window }
anchor-anew = { $anchor }, already over and so counted anew
anchor-end = what ends it
window-unnamed = the window { $name }
window-range = { $from } to { $until }

## How a date was counted.

counted = { $length } after { $anchor }: { $first }{ $left_out }last day { $last }{ $rolled }, { $effect }
counted-first = first day { $day },
counted-left-out = { $n ->
    [one] { $n } day left out,
   *[other] { $n } days left out,
}
counted-rolled = (moved from { $weekday } { $day }, a day off)
effect-at-once = already over when it came into question, effect at once
effect-same-day = effect at the end of that day
effect-next-day = effect the day after
effect-in-time = in time up to the end of that day
hours-interval = you gave no hour: the limit falls between { $from } and { $until }
hours-on-day = you gave no hour: the limit falls during that day

## Lines of the timeline.

measure-begins = { $measure } begins
learned-that-day = you learned of it that day
you-learned = you learned of { $measure }
lift-due = { $measure } must be lifted by { $date }
lift-due-both = both measures must be lifted by { $date }
lift-due-these = these { $n } measures must be lifted by { $date }: { $measures }
matter-passes = the matter passes from { $old } to { $new }
no-law = no law that was given is in force on this day
notice-void = the notice is void: { $rule }
event-void = this has no effect: { $rule }
bound-gap = { $rule }; it does not, and the Act does not say what follows
bound = the { $date } must lie { $limits } after { $event }
bound-between = between { $least } and { $most } days
bound-least = { $n ->
    [one] at least { $n } day
   *[other] at least { $n } days
}
bound-most = { $n ->
    [one] at most { $n } day
   *[other] at most { $n } days
}
bound-any = any time
barred-event = this was suspended: the Act lets nothing follow from it
suspended-measure = { $measure } is suspended from this day { $until }
resumed-measure = { $measure } is no longer suspended
until-final = until the decision is final
until-decision = until the decision
suspended-events = suspended from this day { $until }: { $events }
suspended-event = that { $event }

## What can be done about a measure. `it` is the measure of the line above, or several.

it-one = it
it-many = them
it-except = them (not { $labels })
it-list = { $labels }
end-by-act = to end { $it }: { $what }{ $any }{ $condition }; { $lifted }
end-by-event = ends { $it }: { $what }{ $any }{ $condition }; { $lifted }
end-in-any-matter = (also in another matter)
end-condition = , if { $what }
end-never = the Act gives no end to { $it }
lifted-same-day = lifted the same day
lifted-within = lifted within { $length }
no-remedy = no remedy lies against { $it }{ $said }
no-remedy-named = this document names no remedy against { $it }
challenge = to challenge { $it }: { $body }{ $rest }
challenge-decision = to challenge the decision: { $body }{ $rest }
challenge-no-limit = ; the Act gives no time limit
challenge-within = , within { $length } of { $anchor }
challenge-within-example = , within { $length } of { $anchor } (if you learned of it on this day: by { $date })
challenge-by = , by { $date } ({ $length })
suspends-until-final = a challenge suspends { $it } from filing until the decision is final
suspends-until-decision = a challenge suspends { $it } from filing until the decision
suspends-not = a challenge does not suspend { $it }
suspends-open = whether a challenge suspends { $it } is not settled: it does if { $what }
must-decide = the { $body } must decide by { $date }
duty-by = { $who } must { $what } by { $date }{ $breach }
duty-within = { $who } must { $what } within { $length } of { $anchor }{ $breach }
duty-open = { $who } must { $what }{ $breach }
duty-breach = ; else: { $what }
power = { $who } may { $what }
gap = not settled or not modelled: { $what } ({ $because })

## Conditions.

test-is = { $subject } is { $value }
test-is-not = { $subject } is not { $value }
test-window-in = { $day } lies in { $window }
test-window-out = { $day } does not lie in { $window }
test-event-day = the day on which { $event }
test-the-day = the day
test-age = your age on the day on which { $event } is within the limit
test-notice-is = the notice is { $notice }
test-notice-is-not = the notice is not { $notice }

## The answer in short.

bars = The Act bars { $what }.
bars-from = { $of }{ $what } from { $date }{ $hangs }
provides = The Act provides for "{ $label }" from { $date }{ $hangs }.
begins-nothing = On these facts the Act begins no measure up to { $date }.
lift-cause = { $event } on { $date }:
lift-cause-ended = ended
lift-one = { $of }{ $cause }it must be lifted no later than { $date }{ $hangs }.
lift-both = { $of }{ $cause }both must be lifted no later than { $date }{ $hangs }.
lift-all = { $of }{ $cause }all { $n } measures must be lifted no later than { $date }{ $hangs }.
lift-some = { $of }{ $cause }{ $measures } must be lifted no later than { $date }{ $hangs }.
no-lift = { $of }No lift falls due by { $date } for { $measures }{ $hangs }.
last-day = Last day to challenge ({ $body }): { $parts }.
last-day-part = { $of }{ $what } { $date }
the-decision = the decision
cut-off = More ways are open than were followed; answer some of the open points.

## Open points.

not-settled-reading = The reading of { $name }{ $why }
not-said = You did not say: { $what }
not-said-condition = You did not say whether this holds: { $what }
not-said-age = You did not give your day of birth; the Act asks for your age on { $date } { $picture }
not-said-learned = { $n ->
    [one] You did not say when you learned of { $measures }; the time to challenge it runs from that day
   *[other] You did not say when you learned of { $measures }; the time to challenge them runs from that day
}
whether-suspends = Whether a challenge ({ $body }) suspends the measure: { $why }
open-suspends = a challenge suspends { $measures } from filing until the decision{ $example }
open-suspends-final = a challenge suspends { $measures } from filing until the decision is final{ $example }
open-suspends-not = a challenge does not suspend { $measures }
open-example = (for example, filed on { $date }, { $measure } from that day)
open-if = { $measure } (if { $what })
open-sometimes = with some answers to the other points: { $what }
open-stands-lifted = { $measure } from { $from }, to be lifted by { $date }
open-stands = { $measure } from { $from }, no lift due by { $date }
open-void = the notice is void
answer-if = If { $answer }: { $effect }.
nothing-of-this = nothing of this

## What would have changed it.

when-from = on any day from { $from }
when-on = on { $day }
when-by = by { $day }
when-between = on any day from { $from } to { $until }
changed-not-begin = { $measures } would not begin
changed-avoided-one = no { $measure }
changed-avoided = { $measures }
changed-that-day = { $measures } from that day{ $instead }
changed-from = { $measures } from { $date }{ $instead }
changed-lifted-same-day = { $measures } to be lifted the same day
changed-lifted-next-day = { $measures } to be lifted by the day after
changed-lifted-within = { $n ->
    [one] { $measures } to be lifted within { $n } day
   *[other] { $measures } to be lifted within { $n } days
}
changed-lifted-by = { $measures } to be lifted by { $date }
changed-instead = instead of { $dates }
assuming = , assuming { $what }

## Headings and marks.

head-short = In short
head-timeline = Timeline
head-basis = basis
head-day = day
head-what = what
head-day-by-day = Day by day
head-open = Open points, which change the answer
head-open-loud = OPEN POINTS - these change the answer
head-changes = What would have changed it
head-duties = Duties without a day
head-powers = What an authority may do
head-gaps = What this document does not settle
given = fact you gave
given-aside = (fact you gave)
given-spoken = , as you said
spoken-notice = Notice { $number }:
spoken-day = On { $date }:
spoken-basis = , under { $basis }
spoken-counted = Counted: { $counted }.
counted-after = Counted: { $length } after { $anchor }.
under-law = Under { $title }.

## Side by side.

columns-open = open
columns-until = to { $date }
columns-hangs = (open point)
columns-last-day = last day to challenge
columns-no-day = no day known
columns-marks = Rows marked * differ between the laws.

## Why and why not.

why-begins = { $measure } begins on { $date }{ $hangs }
why-not-begin = { $measure } does not begin ({ $basis }, { $place }):
why-no-measure = the law has no measure of the kind "{ $measure }" for this notice
why-paraphrase = paraphrase: { $words }
why-quote = "{ $words }"
lacking-condition = the condition for beginning with "{ $state }" does not hold ({ $basis })
lacking-state = "{ $state }" was not reached: { $why } ({ $basis })
lacking-event = it needs that { $event }, which is not among the facts
lacking-but = { $event } on { $date }, but { $why }
lacking-anchor = the { $length } run from { $anchor }, which has not come
lacking-uncounted = the { $length } are not counted
lacking-later = the { $length } from { $from } end on { $date }, after the last day asked for
lacking-had-run = the { $length } from { $from } had run on { $date }, but { $why }
lacking-guard = its condition did not hold
lacking-come-to = by then the matter had come to "{ $state }" (on { $date })
lacking-still-at = then the matter was still at "{ $state }"

## Limits for a calendar.

limit-begins = { $measures } begins
limit-last-day = last day to challenge { $what } ({ $body })
limit-body = the body named by the law

## The end of the page.

closing = Law: { $laws }, engine { $engine }. { $notice }
closing-law = { $law }{ $opened } (sha256 { $sha })
closing-opened = as in force on { $date }
advice = This describes the text of the Act. It is not advice on your case.

## Words that the compiler writes for chains and remedies.

made-begins = it begins
made-comply-over = the time to comply has run out
made-act-over = the time to act has run out
made-file-over = the time to file is over
made-must-refuse = what the court must refuse
made-ordered = the court has ordered it
made-refused = the court has refused it
made-warned = the person is warned
made-demanded = it is demanded in writing
made-sued = the court is applied to
made-penalised = the penalty is imposed
made-warn = warn the person of what follows
made-demand = demand in writing that the duty be met
made-sue = apply to the court
made-penalise = impose the penalty
made-lapses = the matter lapses
made-demand-met = the demand is met
made-withdrawn = it is withdrawn
made-filed = filed
made-succeeds = it succeeds
made-fails = it fails
made-decision-final = the decision is final
made-filed-late = filed too late
made-restored = the time limit is restored
made-decide = decide

## States that the compiler names.

name-idle = idle
name-begun = begun
name-warned = warned
name-demanded = demanded
name-overdue = overdue
name-sued = sued
name-penalised = penalised
name-ordered = ordered
name-complied = complied
name-lapsed = lapsed
name-withdrawn = withdrawn
name-refused = refused
name-open = open
name-expired = expired
name-pending = pending
name-late = late
name-granted = granted
name-rejected = rejected
name-final = final

## Questions, where the facts are asked for one by one.

ask-intro = Nothing that you type is stored or sent. A day is written { $form }; "no", "unknown" and "?" for help are always understood.
ask-form = YYYY-MM-DD
ask-kind = Which notice is it?
ask-event = On which day? It happened that { $event }. (day, no, unknown)
ask-appearance = For which day does the notice ask you to come? (day, unknown)
ask-more = Did anything else happen? (yes, no)
ask-learned = When did you learn of { $measure }? (day, unknown)
ask-born = When were you born? (day, unknown)
ask-person = { $fact } ({ $picture })? (yes, no, unknown)
ask-condition = { $what }? (yes, no, unknown)
ask-remedy = { $remedy }: on which day? It happened that { $event }. (day, no, unknown)
ask-help-kind = Type the number or the word in brackets.
ask-help-day = Write the day as { $form }, from 1900-01-01 to 2099-12-31; "no" if it did not happen, "unknown" if you do not know.
ask-help-day-only = Write the day as { $form }, from 1900-01-01 to 2099-12-31; "unknown" if you do not know: then every possibility is shown.
ask-help-yes-no = Write "yes" or "no".
ask-help-yes-no-unknown = Write "yes", "no" or "unknown": then both possibilities are shown.
ask-not-understood = "{ $answer }" is not understood.
ask-too-far = { $day } lies too far from the other days.
ask-none = None of these happened, so there is no notice to explain.
ask-unknown-events = You answered "unknown" for: { $events }. The explanation takes them not to have happened.
ask-word-yes = yes
ask-word-no = no
ask-word-unknown = unknown
