# Слова пояснень українською. Ті самі повідомлення й ті самі параметри, що й в інших мовах; це перевіряє тест.
# Жодне повідомлення не оцінює людину й не дає порад: підмет — закон, орган або те, що повідомлено.

## Дати

date-long = { $day } { $month } { $year } р. ({ $weekday_full })
date-short = { $day } { $month } { $year } р. ({ $weekday })
date-row = { $weekday } { $two }.{ $month_two }.{ $year }
date-brief = { $day } { $month }
date-brief-year = { $day } { $month } { $year } р.
date-of-year = { $day } { $month }
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня
month-short-1 = січ.
month-short-2 = лют.
month-short-3 = бер.
month-short-4 = квіт.
month-short-5 = трав.
month-short-6 = черв.
month-short-7 = лип.
month-short-8 = серп.
month-short-9 = вер.
month-short-10 = жовт.
month-short-11 = лист.
month-short-12 = груд.
weekday-mon = пн
weekday-tue = вт
weekday-wed = ср
weekday-thu = чт
weekday-fri = пт
weekday-sat = сб
weekday-sun = нд
weekday-full-mon = понеділок
weekday-full-tue = вівторок
weekday-full-wed = середа
weekday-full-thu = четвер
weekday-full-fri = п’ятниця
weekday-full-sat = субота
weekday-full-sun = неділя

## Строки: називний відмінок і родовий (протягом, не пізніше ніж через)

length-hours = { $n ->
    [one] { $n } година
    [few] { $n } години
   *[other] { $n } годин
}
length-days = { $n ->
    [one] { $n } день
    [few] { $n } дні
   *[other] { $n } днів
}
length-months = { $n ->
    [one] { $n } місяць
    [few] { $n } місяці
   *[other] { $n } місяців
}
length-years = { $n ->
    [one] { $n } рік
    [few] { $n } роки
   *[other] { $n } років
}
length-working-days = { $n ->
    [one] { $n } робочий день
    [few] { $n } робочі дні
   *[other] { $n } робочих днів
}
length-of-hours = { $n ->
    [one] { $n } години
   *[other] { $n } годин
}
length-of-days = { $n ->
    [one] { $n } дня
   *[other] { $n } днів
}
length-of-months = { $n ->
    [one] { $n } місяця
   *[other] { $n } місяців
}
length-of-years = { $n ->
    [one] { $n } року
   *[other] { $n } років
}
length-of-working-days = { $n ->
    [one] { $n } робочого дня
   *[other] { $n } робочих днів
}

## З’єднання

list-last = { $most } і { $last }
or-joint = { $first } або { $next }
or-if-joint = { $first } або якщо { $next }
and-joint = { $first } і { $next }
either-joint = { $first } або { $next }
only-if = , лише якщо { $what }
article-short = ст.
quoted-label = «{ $label }»
headed-label = «{ $label }»
the-label = «{ $label }»

## Що сталося

event-past-issued = повістку сформовано
event-past-sent = повістку надіслано за місцем роботи або навчання
event-past-posted = повістку здано на пошту
event-past-placed = повістку розміщено в реєстрі
event-past-placed-in-account = повістку розміщено у вашому електронному кабінеті на порталі
event-past-published = повістку опубліковано
event-past-broadcast = повістку оголошено по радіо, телебаченню або сиреною
event-past-messaged = повістку надіслано вам повідомленням
event-past-delivered = пошта зробила відмітку про вручення повістки
event-past-refused = від повістки відмовилися або її не отримали на пошті
event-past-handed-over = повістку вручено вам особисто
event-past-handed-over-by-employer = повістку вручено за місцем роботи або навчання
event-past-left-with-other = повістку залишено іншій особі
event-past-opened = ви відкрили повістку
event-past-learned = ви дізналися про захід іншим чином
event-past-located = вас знайшли
event-past-valid-reason-shown = ви підтвердили поважну причину
event-past-rebutted = ви довели, що повістка до вас не дійшла
event-past-warned = вас попередили
event-past-demanded = орган вимагав виконати обов’язок
event-past-complied = ви виконали вимогу
event-past-sued = орган звернувся до суду
event-past-ordered = суд задовольнив звернення органу
event-past-refused-by-court = суд відмовив органу
event-past-penalty-imposed = накладено стягнення
event-past-filed = подано скаргу
event-past-restored = пропущений строк поновлено
event-past-granted = скаргу задоволено
event-past-rejected = у задоволенні скарги відмовлено
event-past-became-final = рішення за скаргою набрало законної сили
event-past-cancelled = повістку або захід скасовано
event-past-appeared = ви з’явилися
event-past-examined = ви пройшли медичний огляд
event-past-deferred = надано відстрочку
event-past-exempted = вас звільнено від призову
event-past-called-up = прийнято рішення про призов
event-past-not-called-up = призов закінчився без рішення про призов
event-past-dispatched = вас відправлено до війська
event-past-left = ви остаточно виїхали з країни
event-past-season-ended = призов закінчився

## Те саме іменником

event-clause-issued = формування повістки
event-clause-sent = надсилання повістки за місцем роботи або навчання
event-clause-posted = здавання повістки на пошту
event-clause-placed = розміщення повістки в реєстрі
event-clause-placed-in-account = розміщення повістки в електронному кабінеті
event-clause-published = опублікування повістки
event-clause-broadcast = оголошення повістки по радіо, телебаченню або сиреною
event-clause-messaged = надсилання повістки повідомленням
event-clause-delivered = відмітка пошти про вручення повістки
event-clause-refused = відмова від повістки або її неотримання на пошті
event-clause-handed-over = особисте вручення повістки
event-clause-handed-over-by-employer = вручення повістки за місцем роботи або навчання
event-clause-left-with-other = залишення повістки іншій особі
event-clause-opened = відкриття повістки
event-clause-learned = отримання відомостей про захід іншим чином
event-clause-located = виявлення під час розшуку
event-clause-valid-reason-shown = підтвердження поважної причини
event-clause-rebutted = доведення того, що повістка не дійшла
event-clause-warned = попередження
event-clause-demanded = вимога органу виконати обов’язок
event-clause-complied = виконання вимоги
event-clause-sued = звернення органу до суду
event-clause-ordered = задоволення судом звернення органу
event-clause-refused-by-court = відмова суду органу
event-clause-penalty-imposed = накладення стягнення
event-clause-filed = подання скарги
event-clause-restored = поновлення пропущеного строку
event-clause-granted = задоволення скарги
event-clause-rejected = відмова в задоволенні скарги
event-clause-became-final = набрання законної сили рішенням за скаргою
event-clause-cancelled = скасування повістки або заходу
event-clause-appeared = явка
event-clause-examined = медичний огляд
event-clause-deferred = надання відстрочки
event-clause-exempted = звільнення від призову
event-clause-called-up = рішення про призов
event-clause-not-called-up = закінчення призову без рішення про призов
event-clause-dispatched = відправлення до війська
event-clause-left = остаточний виїзд із країни
event-clause-season-ended = закінчення призову

## Що може зробити людина

act-order-opened = відкриття повістки
act-order-valid-reason-shown = підтвердження поважної причини
act-order-complied = виконання вимоги
act-order-appeared = явка
act-gerund-opened = Відкриття повістки
act-gerund-valid-reason-shown = Підтвердження поважної причини
act-gerund-complied = Виконання вимоги
act-gerund-appeared = Явка

## Що означає стан, який настав

state-served = повістка вважається врученою
state-defaulted = строк явки минув
state-lapsed = повістка втратила чинність
state-deferred = справу завершено відстрочкою
state-called-up = справу завершено призовом
state-closed = справу закрито

## Що забороняє захід

barred-exit-ban = виїзд із країни
barred-passport-ban = видача закордонного паспорта
barred-driving-ban = керування транспортними засобами
barred-vehicle-registration-ban = реєстрація транспортних засобів
barred-property-registration-ban = реєстрація нерухомості
barred-sole-trader-ban = реєстрація фізичною особою — підприємцем
barred-self-employed-ban = реєстрація самозайнятою особою
barred-credit-ban = договори кредиту та позики
barred-asset-freeze = розпорядження майном
barred-regional-leave-ban = виїзд за межі регіону
barred-regional-support-ban = регіональні виплати та підтримка

## Слова закритого словника

measure-exit-ban = заборона виїзду
measure-passport-ban = заборона видачі паспорта
measure-driving-ban = заборона керування транспортом
measure-vehicle-registration-ban = заборона реєстрації транспорту
measure-property-registration-ban = заборона реєстрації нерухомості
measure-sole-trader-ban = заборона реєстрації ФОП
measure-self-employed-ban = заборона реєстрації самозайнятих
measure-credit-ban = заборона кредитів і позик
measure-asset-freeze = арешт майна
measure-wanted-status = розшук
measure-regional-leave-ban = заборона виїзду з регіону
measure-regional-support-ban = позбавлення регіональної підтримки
notice-draft-notice = повістка для призову
notice-data-check-notice = повістка для уточнення облікових даних
notice-training-notice = повістка на військові збори
notice-mobilisation-notice = повістка за мобілізацією
person-liable-for-draft = чи підлягаєте ви призову
person-has-deferment = чи є підстава для відстрочки
person-is-exempt = чи звільнено вас від призову або визнано непридатним
person-is-student = чи навчаєтеся ви на денній формі
person-has-served = чи відбули ви службу
person-is-reservist = чи перебуваєте ви в запасі
person-has-valid-reason = чи була у вас поважна причина неявки
person-lives-at-address = чи живете ви за адресою, зазначеною в реєстрі
person-has-portal-account = чи маєте ви обліковий запис на порталі
person-has-defaulted-before = чи була неявка за попередньою повісткою
person-earns-by-driving = чи є керування авто вашим основним законним доходом
person-needs-vehicle = чи потрібен вам автомобіль через інвалідність
person-agrees-to-messages = чи погодилися ви на сповіщення повідомленням
picture-recorded = за даними реєстру
picture-truth = насправді
picture-proved = підтверджено органу
answer-yes = так
answer-no = ні
age-younger = молодше { $least }
age-at-most = не старше { $most }
age-at-least = не молодше { $least }
age-exactly = рівно { $least }
age-between = від { $least } до { $most }
age-older = старше { $most }
topic-age = вік на { $day } { $picture }
topic-learned = коли стало відомо
name-court = суд
name-office = територіальний центр комплектування
name-regional-commission = регіональна призовна комісія
name-commission = призовна комісія
name-traffic-police = дорожня поліція
name-police = поліція
name-citizen = громадянин
date-appearance = дата явки

## Від чого відлічується строк (із прийменником)

anchor-filed = від дня подання скарги
anchor-event = від дня, на який припадає { $event }
anchor-entry = від дня події «{ $state }»
anchor-appearance = від дати явки
anchor-start = від початку дії заходу { $measure }
anchor-knowledge = від дня, коли ви дізналися про захід
anchor-later = від останнього з таких днів: { $days }
anchor-earlier = від першого з таких днів: { $days }
anchor-window-start = від першого дня періоду { $window }
anchor-window-end = від останнього дня періоду { $window }
anchor-anew = { $anchor } (строк уже минув і відлічений заново)
anchor-end = від дня, коли настала підстава для зняття
window-unnamed = «{ $name }»
window-range = з { $from } до { $until }

## Як обчислено дату

counted = { $length } після { $anchor }: { $first }{ $left_out }останній день { $last }{ $rolled }, { $effect }
counted-first = перший день { $day },
counted-left-out = { $n ->
    [one] вилучено { $n } день,
    [few] вилучено { $n } дні,
   *[other] вилучено { $n } днів,
}
counted-rolled = (перенесено з { $day }, { $weekday }: неробочий день)
effect-at-once = на цей час строк уже минув, наслідок настає одразу
effect-same-day = наслідок настає наприкінці цього дня
effect-next-day = наслідок настає наступного дня
effect-in-time = строк дотримано до кінця цього дня
hours-interval = годину не вказано: строк спливає між { $from } і { $until }
hours-on-day = годину не вказано: строк спливає протягом цього дня

## Рядки хронології

measure-begins = починає діяти захід { $measure }
learned-that-day = ви дізналися про нього того самого дня
you-learned = ви дізналися про захід { $measure }
lift-due = захід { $measure } підлягає зняттю не пізніше { $date }
lift-due-both = обидва заходи підлягають зняттю не пізніше { $date }
lift-due-these = підлягають зняттю не пізніше { $date } заходи ({ $n }): { $measures }
matter-passes = справа переходить від { $old } до { $new }
no-law = жоден із зазначених законів цього дня не діє
notice-void = повістка недійсна: { $rule }
event-void = це не має наслідків: { $rule }
bound-gap = { $rule }; цього не дотримано, і закон не каже, що з цього випливає
bound = { $date } має припадати на { $limits } після події «{ $event }»
bound-between = строк від { $least } до { $most } днів
bound-least = { $n ->
    [one] строк не менше { $n } дня
   *[other] строк не менше { $n } днів
}
bound-most = { $n ->
    [one] строк не більше { $n } дня
   *[other] строк не більше { $n } днів
}
bound-any = будь-який час
barred-event = це було зупинено: за законом наслідків немає
suspended-measure = захід { $measure } зупинено з цього дня { $until }
resumed-measure = захід { $measure } більше не зупинено
until-final = до набрання рішенням законної сили
until-decision = до рішення
suspended-events = зупинено з цього дня { $until }: { $events }
suspended-event = { $event }

## Що можливо щодо заходу

it-one = { "" }
it-many = { "" }
it-except = {" "}(крім { $labels })
it-list = {" "}({ $labels })
end-by-act = припинення заходу{ $it }: { $what }{ $any }{ $condition }; { $lifted }
end-by-event = припинення заходу{ $it }: { $what }{ $any }{ $condition }; { $lifted }
end-in-any-matter = (зокрема за іншою повісткою)
end-condition = , якщо { $what }
end-never = закон не передбачає припинення заходу{ $it }
lifted-same-day = знімається того самого дня
lifted-within = знімається протягом { $length }
no-remedy = оскарження заходу{ $it } не передбачено{ $said }
no-remedy-named = цей документ не називає способу оскарження заходу{ $it }
challenge = оскарження заходу{ $it }: { $body }{ $rest }
challenge-decision = оскарження рішення: { $body }{ $rest }
challenge-no-limit = ; строк законом не встановлено
challenge-within = , протягом { $length } { $anchor }
challenge-within-example = , протягом { $length } { $anchor } (якщо ви дізналися про нього цього дня: не пізніше { $date })
challenge-by = , останній день { $date } ({ $length })
suspends-until-final = подання скарги зупиняє захід{ $it } до набрання рішенням законної сили
suspends-until-decision = подання скарги зупиняє захід{ $it } до рішення
suspends-not = подання скарги не зупиняє захід{ $it }
suspends-open = не вирішено, чи зупиняє скарга захід{ $it }: зупиняє, якщо { $what }
must-decide = строк рішення ({ $body }): не пізніше { $date }
duty-by = обов’язок ({ $who }): { $what } не пізніше { $date }{ $breach }
duty-within = обов’язок ({ $who }): { $what } протягом { $length } { $anchor }{ $breach }
duty-open = обов’язок ({ $who }): { $what }{ $breach }
duty-breach = ; інакше: { $what }
power = має право ({ $who }): { $what }
gap = не врегульовано або не змодельовано: { $what } ({ $because })

## Умови

test-is = { $subject }: { $value }
test-is-not = { $subject }: не { $value }
test-window-in = { $day } припадає на період { $window }
test-window-out = { $day } не припадає на період { $window }
test-event-day = день події «{ $event }»
test-the-day = цей день
test-age = ваш вік у день події «{ $event }» у межах, встановлених законом
test-notice-is = вид повістки: { $notice }
test-notice-is-not = вид повістки не такий: { $notice }

## Стисло

bars = За законом забороняється: { $what }.
bars-from = { $of }{ $what } — з { $date }{ $hangs }
provides = Закон передбачає захід «{ $label }» з { $date }{ $hangs }.
begins-nothing = За цих фактів до { $date } закон не запроваджує жодного заходу.
lift-cause = { $event } — { $date }:
lift-cause-ended = підстава відпала
lift-one = { $of }{ $cause }захід підлягає зняттю не пізніше { $date }{ $hangs }.
lift-both = { $of }{ $cause }обидва заходи підлягають зняттю не пізніше { $date }{ $hangs }.
lift-all = { $of }{ $cause }усі заходи ({ $n }) підлягають зняттю не пізніше { $date }{ $hangs }.
lift-some = { $of }{ $cause }підлягає зняттю не пізніше { $date }: { $measures }{ $hangs }.
no-lift = { $of }До { $date } строк зняття не настає: { $measures }{ $hangs }.
last-day = Останній день для подання скарги ({ $body }): { $parts }.
last-day-part = { $of }{ $what } — { $date }
the-decision = рішення
cut-off = Варіантів більше, ніж розглянуто; відповіді на частину відкритих питань зменшать їх кількість.

## Відкриті питання

not-settled-reading = Тлумачення пункту «{ $name }»{ $why }
not-said = Не зазначено: { $what }
not-said-condition = Не зазначено, чи виконано умову: { $what }
not-said-age = Дату народження не зазначено; закон враховує вік на { $date } { $picture }
not-said-learned = { $n ->
    [one] Не зазначено, коли ви дізналися про захід { $measures }; від цього дня спливає строк його оскарження
   *[other] Не зазначено, коли ви дізналися про заходи { $measures }; від цього дня спливає строк їх оскарження
}
whether-suspends = Чи зупиняє скарга ({ $body }) захід: { $why }
open-suspends = подання скарги зупиняє до рішення захід: { $measures }{ $example }
open-suspends-final = подання скарги зупиняє до набрання рішенням законної сили захід: { $measures }{ $example }
open-suspends-not = подання скарги не зупиняє захід: { $measures }
open-example = (наприклад, у разі подання { $date } — { $measure } з цього дня)
open-if = { $measure } (якщо { $what })
open-sometimes = за деяких відповідей на інші питання: { $what }
open-stands-lifted = { $measure } з { $from }, підлягає зняттю не пізніше { $date }
open-stands = { $measure } з { $from }, до { $date } строк зняття не настає
open-void = повістка недійсна
answer-if = Якщо { $answer }: { $effect }.
nothing-of-this = нічого з цього

## Що змінило б відповідь

when-from = будь-якого дня починаючи з { $from }
when-on = { $day }
when-by = не пізніше { $day }
when-between = будь-якого дня з { $from } до { $until }
changed-not-begin = не запроваджується: { $measures }
changed-avoided-one = { $measure }
changed-avoided = не запроваджується: { $measures }
changed-that-day = { $measures } з того самого дня{ $instead }
changed-from = { $measures } з { $date }{ $instead }
changed-lifted-same-day = { $measures } — зняття того самого дня
changed-lifted-next-day = { $measures } — зняття не пізніше наступного дня
changed-lifted-within = { $n ->
    [one] { $measures } — зняття протягом { $n } дня
   *[other] { $measures } — зняття протягом { $n } днів
}
changed-lifted-by = { $measures } — зняття не пізніше { $date }
changed-instead = замість { $dates }
assuming = , за припущення: { $what }

## Заголовки й позначки

head-short = Стисло
head-timeline = Хронологія
head-basis = підстава
head-day = день
head-what = що
head-day-by-day = За днями
head-open = Відкриті питання, від яких залежить відповідь
head-open-loud = ВІДКРИТІ ПИТАННЯ — від них залежить відповідь
head-changes = Що змінило б відповідь
head-duties = Обов’язки без дати
head-powers = Що може вирішити орган
head-gaps = Чого цей документ не вирішує
given = повідомлено вами
given-aside = (повідомлено вами)
given-spoken = , як ви повідомили
spoken-notice = Повістка { $number }:
spoken-day = { $date }:
spoken-basis = , підстава: { $basis }
spoken-counted = Розрахунок: { $counted }.
counted-after = Відлік: { $length } { $anchor }.
under-law = За законом: { $title }.

## Порівняння законів

columns-open = без строку зняття
columns-until = до { $date }
columns-hangs = (відкрите питання)
columns-last-day = останній день для скарги
columns-no-day = день невідомий
columns-marks = Знаком * позначено рядки, у яких закони різняться.

## Чому і чому ні

why-begins = { $measure }: початок { $date }{ $hangs }
why-not-begin = { $measure }: захід не починає діяти ({ $basis }, { $place }):
why-no-measure = у законі немає заходу виду «{ $measure }» для цієї повістки
why-paraphrase = переказ: { $words }
why-quote = «{ $words }»
lacking-condition = умову початку за події «{ $state }» не виконано ({ $basis })
lacking-state = «{ $state }» не настало: { $why } ({ $basis })
lacking-event = для цього потрібна подія «{ $event }», серед повідомлених фактів її немає
lacking-but = { $event } — { $date }, проте { $why }
lacking-anchor = строк ({ $length }) спливає { $anchor }, цей день не настав
lacking-uncounted = строк ({ $length }) не обчислюється
lacking-later = строк ({ $length }) з { $from } закінчується { $date }, після останнього розглянутого дня
lacking-had-run = строк ({ $length }) з { $from } сплив { $date }, проте { $why }
lacking-guard = його умову не виконано
lacking-come-to = на цей час справа дійшла до стану «{ $state }» ({ $date })
lacking-still-at = тоді справа ще перебувала в стані «{ $state }»

## Строки для календаря

limit-begins = початок дії: { $measures }
limit-last-day = останній день для оскарження: { $what } ({ $body })
limit-body = орган, зазначений у законі

## Кінець сторінки

closing = Закон: { $laws }, програма { $engine }. { $notice }
closing-law = { $law }{ $opened } (sha256 { $sha })
closing-opened = у редакції на { $date }
advice = Тут викладено текст закону. Це не консультація щодо вашої справи.

## Слова, які пише компілятор

made-begins = початок
made-comply-over = строк виконання минув
made-act-over = строк для дії минув
made-file-over = строк подання минув
made-must-refuse = суд зобов’язаний відмовити
made-ordered = суд задовольнив
made-refused = суд відмовив
made-warned = винесено попередження
made-demanded = пред’явлено письмову вимогу
made-sued = подано звернення до суду
made-penalised = накладено стягнення
made-warn = попередити про наслідки
made-demand = письмово вимагати виконання обов’язку
made-sue = звернутися до суду
made-penalise = накласти стягнення
made-lapses = справа припиняється
made-demand-met = вимогу виконано
made-withdrawn = відкликано
made-filed = подано
made-succeeds = задоволено
made-fails = відмовлено
made-decision-final = рішення набрало законної сили
made-filed-late = подано з пропуском строку
made-restored = строк поновлено
made-decide = ухвалити рішення

## Стани, які називає компілятор

name-idle = не розпочато
name-begun = розпочато
name-warned = попереджено
name-demanded = вимога
name-overdue = строк пропущено
name-sued = передано до суду
name-penalised = стягнення накладено
name-ordered = задоволено судом
name-complied = виконано
name-lapsed = припинено
name-withdrawn = відкликано
name-refused = відмовлено
name-open = не подано
name-expired = строк подання минув
name-pending = на розгляді
name-late = подано із запізненням
name-granted = задоволено
name-rejected = відхилено
name-final = набрало законної сили

## Запитання

ask-intro = Ніщо із введеного не зберігається й не надсилається. День пишеться так: { $form }; завжди можна відповісти «ні», «не знаю» або «?» (довідка).
ask-form = ДД.ММ.РРРР
ask-kind = Яка це повістка?
ask-event = Якого дня це було: { $event }? (день, ні, не знаю)
ask-appearance = На який день призначено явку? (день, не знаю)
ask-more = Чи сталося щось іще? (так, ні)
ask-learned = Коли ви дізналися про захід { $measure }? (день, не знаю)
ask-born = Коли ви народилися? (день, не знаю)
ask-person = { $fact } ({ $picture })? (так, ні, не знаю)
ask-condition = { $what }? (так, ні, не знаю)
ask-remedy = { $remedy }: якого дня це було: { $event }? (день, ні, не знаю)
ask-help-kind = Введіть номер або слово в дужках.
ask-help-day = День пишеться так: { $form }, з 01.01.1900 до 31.12.2099; «ні», якщо цього не було; «не знаю», якщо невідомо.
ask-help-day-only = День пишеться так: { $form }, з 01.01.1900 до 31.12.2099; «не знаю», якщо невідомо: тоді показано всі варіанти.
ask-help-yes-no = Введіть «так» або «ні».
ask-help-yes-no-unknown = Введіть «так», «ні» або «не знаю»: тоді показано обидва варіанти.
ask-not-understood = Відповідь «{ $answer }» не зрозуміла.
ask-too-far = { $day } надто далеко від інших днів.
ask-none = Нічого з цього не було, тому немає повістки, яку можна пояснити.
ask-unknown-events = Відповідь «не знаю» дано про таке: { $events }. Пояснення виходить із того, що цього не було.
ask-word-yes = так
ask-word-no = ні
ask-word-unknown = не знаю
