# Слова объяснений по-русски. Те же сообщения и те же параметры, что и в других языках; это проверяет тест.
# Ни одно сообщение не оценивает человека и не даёт совета: подлежащее — закон, орган или то, что сообщено.

## Даты

date-long = { $day } { $month } { $year } г. ({ $weekday_full })
date-short = { $day } { $month } { $year } г. ({ $weekday })
date-row = { $weekday } { $two }.{ $month_two }.{ $year }
date-brief = { $day } { $month }
date-brief-year = { $day } { $month } { $year } г.
date-of-year = { $day } { $month }
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-short-1 = янв.
month-short-2 = февр.
month-short-3 = марта
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июня
month-short-7 = июля
month-short-8 = авг.
month-short-9 = сент.
month-short-10 = окт.
month-short-11 = нояб.
month-short-12 = дек.
weekday-mon = пн
weekday-tue = вт
weekday-wed = ср
weekday-thu = чт
weekday-fri = пт
weekday-sat = сб
weekday-sun = вс
weekday-full-mon = понедельник
weekday-full-tue = вторник
weekday-full-wed = среда
weekday-full-thu = четверг
weekday-full-fri = пятница
weekday-full-sat = суббота
weekday-full-sun = воскресенье

## Сроки: именительный падеж и родительный (в течение, не позднее чем через)

length-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[other] { $n } часов
}
length-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[other] { $n } дней
}
length-months = { $n ->
    [one] { $n } месяц
    [few] { $n } месяца
   *[other] { $n } месяцев
}
length-years = { $n ->
    [one] { $n } год
    [few] { $n } года
   *[other] { $n } лет
}
length-working-days = { $n ->
    [one] { $n } рабочий день
    [few] { $n } рабочих дня
   *[other] { $n } рабочих дней
}
length-of-hours = { $n ->
    [one] { $n } часа
   *[other] { $n } часов
}
length-of-days = { $n ->
    [one] { $n } дня
   *[other] { $n } дней
}
length-of-months = { $n ->
    [one] { $n } месяца
   *[other] { $n } месяцев
}
length-of-years = { $n ->
    [one] { $n } года
   *[other] { $n } лет
}
length-of-working-days = { $n ->
    [one] { $n } рабочего дня
   *[other] { $n } рабочих дней
}

## Соединение

list-last = { $most } и { $last }
or-joint = { $first } или { $next }
or-if-joint = { $first } или если { $next }
and-joint = { $first } и { $next }
either-joint = { $first } или { $next }
only-if = , только если { $what }
article-short = ст.
quoted-label = «{ $label }»
headed-label = «{ $label }»
the-label = «{ $label }»

## Что произошло

event-past-issued = повестка сформирована
event-past-sent = повестка направлена по месту работы или учёбы
event-past-posted = повестка сдана на почту
event-past-placed = повестка размещена в реестре
event-past-placed-in-account = повестка размещена в вашем личном кабинете на портале
event-past-published = повестка опубликована
event-past-broadcast = повестка оглашена по радио, телевидению или сиреной
event-past-messaged = повестка отправлена вам сообщением
event-past-delivered = почта отметила вручение повестки
event-past-refused = от повестки отказались или её не получили на почте
event-past-handed-over = повестка вручена вам лично
event-past-handed-over-by-employer = повестка вручена по месту работы или учёбы
event-past-left-with-other = повестка оставлена другому лицу
event-past-opened = вы открыли повестку
event-past-learned = вы узнали о мере иным образом
event-past-located = вас нашли
event-past-valid-reason-shown = вы подтвердили уважительную причину
event-past-rebutted = вы доказали, что повестка до вас не дошла
event-past-warned = вас предупредили
event-past-demanded = военкомат потребовал исполнить обязанность
event-past-complied = вы исполнили требование
event-past-sued = военкомат обратился в суд
event-past-ordered = суд удовлетворил обращение военкомата
event-past-refused-by-court = суд отказал военкомату
event-past-penalty-imposed = наложено взыскание
event-past-filed = подана жалоба
event-past-restored = пропущенный срок восстановлен
event-past-granted = жалоба удовлетворена
event-past-rejected = в удовлетворении жалобы отказано
event-past-became-final = решение по жалобе вступило в силу
event-past-cancelled = повестка или мера отменена
event-past-appeared = вы явились
event-past-examined = вы прошли медицинское освидетельствование
event-past-deferred = предоставлена отсрочка
event-past-exempted = вы освобождены от призыва
event-past-called-up = принято решение о призыве
event-past-not-called-up = призыв закончился без решения о призыве
event-past-dispatched = вы отправлены в войска
event-past-left = вы окончательно выехали из страны
event-past-season-ended = призыв закончился

## То же существительным

event-clause-issued = формирование повестки
event-clause-sent = направление повестки по месту работы или учёбы
event-clause-posted = сдача повестки на почту
event-clause-placed = размещение повестки в реестре
event-clause-placed-in-account = размещение повестки в личном кабинете
event-clause-published = опубликование повестки
event-clause-broadcast = оглашение повестки по радио, телевидению или сиреной
event-clause-messaged = отправка повестки сообщением
event-clause-delivered = отметка почты о вручении повестки
event-clause-refused = отказ от повестки или её неполучение на почте
event-clause-handed-over = личное вручение повестки
event-clause-handed-over-by-employer = вручение повестки по месту работы или учёбы
event-clause-left-with-other = оставление повестки другому лицу
event-clause-opened = открытие повестки
event-clause-learned = получение сведений о мере иным образом
event-clause-located = обнаружение при розыске
event-clause-valid-reason-shown = подтверждение уважительной причины
event-clause-rebutted = доказательство того, что повестка не дошла
event-clause-warned = предупреждение
event-clause-demanded = требование военкомата исполнить обязанность
event-clause-complied = исполнение требования
event-clause-sued = обращение военкомата в суд
event-clause-ordered = удовлетворение судом обращения военкомата
event-clause-refused-by-court = отказ суда военкомату
event-clause-penalty-imposed = наложение взыскания
event-clause-filed = подача жалобы
event-clause-restored = восстановление пропущенного срока
event-clause-granted = удовлетворение жалобы
event-clause-rejected = отказ в удовлетворении жалобы
event-clause-became-final = вступление в силу решения по жалобе
event-clause-cancelled = отмена повестки или меры
event-clause-appeared = явка
event-clause-examined = медицинское освидетельствование
event-clause-deferred = предоставление отсрочки
event-clause-exempted = освобождение от призыва
event-clause-called-up = решение о призыве
event-clause-not-called-up = окончание призыва без решения о призыве
event-clause-dispatched = отправка в войска
event-clause-left = окончательный выезд из страны
event-clause-season-ended = окончание призыва

## Что может сделать человек

act-order-opened = открытие повестки
act-order-valid-reason-shown = подтверждение уважительной причины
act-order-complied = исполнение требования
act-order-appeared = явка
act-gerund-opened = Открытие повестки
act-gerund-valid-reason-shown = Подтверждение уважительной причины
act-gerund-complied = Исполнение требования
act-gerund-appeared = Явка

## Что означает наступившее состояние

state-served = повестка считается вручённой
state-defaulted = срок явки истёк
state-lapsed = повестка утратила силу
state-deferred = дело завершено отсрочкой
state-called-up = дело завершено призывом
state-closed = дело закрыто

## Что запрещает мера

barred-exit-ban = выезд из страны
barred-passport-ban = выдача заграничного паспорта
barred-driving-ban = управление транспортными средствами
barred-vehicle-registration-ban = регистрация транспортных средств
barred-property-registration-ban = регистрация недвижимости
barred-sole-trader-ban = регистрация в качестве индивидуального предпринимателя
barred-self-employed-ban = регистрация в качестве самозанятого
barred-credit-ban = договоры кредита и займа
barred-asset-freeze = распоряжение имуществом
barred-regional-leave-ban = выезд за пределы региона
barred-regional-support-ban = региональные выплаты и меры поддержки

## Слова закрытого словаря

measure-exit-ban = запрет на выезд
measure-passport-ban = запрет на выдачу паспорта
measure-driving-ban = запрет на управление транспортом
measure-vehicle-registration-ban = запрет на регистрацию транспорта
measure-property-registration-ban = запрет на регистрацию недвижимости
measure-sole-trader-ban = запрет на регистрацию ИП
measure-self-employed-ban = запрет на регистрацию самозанятых
measure-credit-ban = запрет на кредиты и займы
measure-asset-freeze = арест имущества
measure-wanted-status = розыск
measure-regional-leave-ban = запрет на выезд из региона
measure-regional-support-ban = лишение региональной поддержки
notice-draft-notice = повестка о явке на мероприятия, связанные с призывом
notice-data-check-notice = повестка для уточнения данных воинского учёта
notice-training-notice = повестка на военные сборы
notice-mobilisation-notice = повестка по мобилизации
person-liable-for-draft = подлежите ли вы призыву
person-has-deferment = есть ли основание для отсрочки
person-is-exempt = освобождены ли вы от призыва или признаны негодным
person-is-student = учитесь ли вы очно
person-has-served = прошли ли вы службу
person-is-reservist = состоите ли вы в запасе
person-has-valid-reason = была ли у вас уважительная причина неявки
person-lives-at-address = живёте ли вы по адресу, указанному в реестре
person-has-portal-account = есть ли у вас учётная запись на портале
person-has-defaulted-before = была ли неявка по прежней повестке
person-earns-by-driving = является ли вождение вашим основным законным доходом
person-needs-vehicle = нужен ли вам автомобиль из-за инвалидности
person-agrees-to-messages = согласились ли вы на уведомление сообщением
picture-recorded = по данным реестра
picture-truth = на самом деле
picture-proved = подтверждено органу
answer-yes = да
answer-no = нет
age-younger = младше { $least }
age-at-most = не старше { $most }
age-at-least = не младше { $least }
age-exactly = ровно { $least }
age-between = от { $least } до { $most }
age-older = старше { $most }
topic-age = возраст на { $day } { $picture }
topic-learned = когда стало известно
name-court = суд
name-office = военкомат
name-regional-commission = призывная комиссия субъекта
name-commission = призывная комиссия
name-traffic-police = ГИБДД
name-police = полиция
name-citizen = гражданин
date-appearance = дата явки

## От чего отсчитывается срок (с предлогом)

anchor-filed = со дня подачи жалобы
anchor-event = со дня, на который приходится { $event }
anchor-entry = со дня события «{ $state }»
anchor-appearance = с даты явки
anchor-start = с начала действия меры { $measure }
anchor-knowledge = со дня, когда вы узнали о мере
anchor-later = с последнего из следующих дней: { $days }
anchor-earlier = с первого из следующих дней: { $days }
anchor-window-start = с первого дня периода { $window }
anchor-window-end = с последнего дня периода { $window }
anchor-anew = { $anchor } (срок уже истёк и отсчитан заново)
anchor-end = со дня, когда наступило основание для снятия
window-unnamed = «{ $name }»
window-range = с { $from } по { $until }

## Как сосчитана дата

counted = { $length } после { $anchor }: { $first }{ $left_out }последний день { $last }{ $rolled }, { $effect }
counted-first = первый день { $day },
counted-left-out = { $n ->
    [one] исключён { $n } день,
    [few] исключены { $n } дня,
   *[other] исключено { $n } дней,
}
counted-rolled = (перенесено с { $day }, { $weekday }: нерабочий день)
effect-at-once = к этому времени срок уже истёк, последствие наступает сразу
effect-same-day = последствие наступает в конце этого дня
effect-next-day = последствие наступает на следующий день
effect-in-time = срок соблюдён до конца этого дня
hours-interval = час не указан: срок истекает между { $from } и { $until }
hours-on-day = час не указан: срок истекает в течение этого дня

## Строки хронологии

measure-begins = начинает действовать мера { $measure }
learned-that-day = вы узнали о ней в тот же день
you-learned = вы узнали о мере { $measure }
lift-due = мера { $measure } подлежит снятию не позднее { $date }
lift-due-both = обе меры подлежат снятию не позднее { $date }
lift-due-these = подлежат снятию не позднее { $date } меры ({ $n }): { $measures }
matter-passes = дело переходит от { $old } к { $new }
no-law = ни один из указанных законов в этот день не действует
notice-void = повестка недействительна: { $rule }
event-void = это не имеет последствий: { $rule }
bound-gap = { $rule }; это не соблюдено, и закон не говорит, что из этого следует
bound = { $date } должна приходиться на { $limits } после события «{ $event }»
bound-between = срок от { $least } до { $most } дней
bound-least = { $n ->
    [one] срок не менее { $n } дня
   *[other] срок не менее { $n } дней
}
bound-most = { $n ->
    [one] срок не более { $n } дня
   *[other] срок не более { $n } дней
}
bound-any = любое время
barred-event = это было приостановлено: по закону последствий нет
suspended-measure = мера { $measure } приостановлена с этого дня { $until }
resumed-measure = мера { $measure } больше не приостановлена
until-final = до вступления решения в силу
until-decision = до решения
suspended-events = приостановлено с этого дня { $until }: { $events }
suspended-event = { $event }

## Что возможно в отношении меры

it-one = { "" }
it-many = { "" }
it-except = {" "}(кроме { $labels })
it-list = {" "}({ $labels })
end-by-act = прекращение меры{ $it }: { $what }{ $any }{ $condition }; { $lifted }
end-by-event = прекращение меры{ $it }: { $what }{ $any }{ $condition }; { $lifted }
end-in-any-matter = (в том числе по другой повестке)
end-condition = , если { $what }
end-never = закон не предусматривает прекращения меры{ $it }
lifted-same-day = снимается в тот же день
lifted-within = снимается в течение { $length }
no-remedy = обжалование меры{ $it } не предусмотрено{ $said }
no-remedy-named = этот документ не называет способа обжалования меры{ $it }
challenge = обжалование меры{ $it }: { $body }{ $rest }
challenge-decision = обжалование решения: { $body }{ $rest }
challenge-no-limit = ; срок законом не установлен
challenge-within = , в течение { $length } { $anchor }
challenge-within-example = , в течение { $length } { $anchor } (если вы узнали о ней в этот день: не позднее { $date })
challenge-by = , последний день { $date } ({ $length })
suspends-until-final = подача жалобы приостанавливает меру{ $it } до вступления решения в силу
suspends-until-decision = подача жалобы приостанавливает меру{ $it } до решения
suspends-not = подача жалобы не приостанавливает меру{ $it }
suspends-open = не решено, приостанавливает ли жалоба меру{ $it }: приостанавливает, если { $what }
must-decide = срок решения ({ $body }): не позднее { $date }
duty-by = обязанность ({ $who }): { $what } не позднее { $date }{ $breach }
duty-within = обязанность ({ $who }): { $what } в течение { $length } { $anchor }{ $breach }
duty-open = обязанность ({ $who }): { $what }{ $breach }
duty-breach = ; иначе: { $what }
power = вправе ({ $who }): { $what }
gap = не урегулировано или не смоделировано: { $what } ({ $because })

## Условия

test-is = { $subject }: { $value }
test-is-not = { $subject }: не { $value }
test-window-in = { $day } приходится на период { $window }
test-window-out = { $day } не приходится на период { $window }
test-event-day = день события «{ $event }»
test-the-day = этот день
test-age = ваш возраст в день события «{ $event }» в пределах, установленных законом
test-notice-is = вид повестки: { $notice }
test-notice-is-not = вид повестки не такой: { $notice }

## Кратко

bars = По закону запрещается: { $what }.
bars-from = { $of }{ $what } — с { $date }{ $hangs }
provides = Закон предусматривает меру «{ $label }» с { $date }{ $hangs }.
begins-nothing = При этих фактах до { $date } закон не вводит ни одной меры.
lift-cause = { $event } — { $date }:
lift-cause-ended = основание отпало
lift-one = { $of }{ $cause }мера подлежит снятию не позднее { $date }{ $hangs }.
lift-both = { $of }{ $cause }обе меры подлежат снятию не позднее { $date }{ $hangs }.
lift-all = { $of }{ $cause }все меры ({ $n }) подлежат снятию не позднее { $date }{ $hangs }.
lift-some = { $of }{ $cause }подлежит снятию не позднее { $date }: { $measures }{ $hangs }.
no-lift = { $of }До { $date } срок снятия не наступает: { $measures }{ $hangs }.
last-day = Последний день для подачи жалобы ({ $body }): { $parts }.
last-day-part = { $of }{ $what } — { $date }
the-decision = решение
cut-off = Вариантов больше, чем рассмотрено; ответы на часть открытых вопросов сократят их число.

## Открытые вопросы

not-settled-reading = Толкование пункта «{ $name }»{ $why }
not-said = Не указано: { $what }
not-said-condition = Не указано, выполнено ли условие: { $what }
not-said-age = Дата рождения не указана; закон учитывает возраст на { $date } { $picture }
not-said-learned = { $n ->
    [one] Не указано, когда вы узнали о мере { $measures }; с этого дня течёт срок её обжалования
   *[other] Не указано, когда вы узнали о мерах { $measures }; с этого дня течёт срок их обжалования
}
whether-suspends = Приостанавливает ли жалоба ({ $body }) меру: { $why }
open-suspends = подача жалобы приостанавливает до решения меру: { $measures }{ $example }
open-suspends-final = подача жалобы приостанавливает до вступления решения в силу меру: { $measures }{ $example }
open-suspends-not = подача жалобы не приостанавливает меру: { $measures }
open-example = (например, при подаче { $date } — { $measure } с этого дня)
open-if = { $measure } (если { $what })
open-sometimes = при некоторых ответах на другие вопросы: { $what }
open-stands-lifted = { $measure } с { $from }, подлежит снятию не позднее { $date }
open-stands = { $measure } с { $from }, до { $date } срок снятия не наступает
open-void = повестка недействительна
answer-if = Если { $answer }: { $effect }.
nothing-of-this = ничего из этого

## Что изменило бы ответ

when-from = в любой день начиная с { $from }
when-on = { $day }
when-by = не позднее { $day }
when-between = в любой день с { $from } по { $until }
changed-not-begin = не вводится: { $measures }
changed-avoided-one = { $measure }
changed-avoided = не вводится: { $measures }
changed-that-day = { $measures } с того же дня{ $instead }
changed-from = { $measures } с { $date }{ $instead }
changed-lifted-same-day = { $measures } — снятие в тот же день
changed-lifted-next-day = { $measures } — снятие не позднее следующего дня
changed-lifted-within = { $n ->
    [one] { $measures } — снятие в течение { $n } дня
   *[other] { $measures } — снятие в течение { $n } дней
}
changed-lifted-by = { $measures } — снятие не позднее { $date }
changed-instead = вместо { $dates }
assuming = , при допущении: { $what }

## Заголовки и пометки

head-short = Кратко
head-timeline = Хронология
head-basis = основание
head-day = день
head-what = что
head-day-by-day = По дням
head-open = Открытые вопросы, от которых зависит ответ
head-open-loud = ОТКРЫТЫЕ ВОПРОСЫ — от них зависит ответ
head-changes = Что изменило бы ответ
head-duties = Обязанности без даты
head-powers = Что вправе решить орган
head-gaps = Чего этот документ не решает
given = сообщено вами
given-aside = (сообщено вами)
given-spoken = , как вы сообщили
spoken-notice = Повестка { $number }:
spoken-day = { $date }:
spoken-basis = , основание: { $basis }
spoken-counted = Расчёт: { $counted }.
counted-after = Отсчёт: { $length } { $anchor }.
under-law = По закону: { $title }.

## Сравнение законов

columns-open = без срока снятия
columns-until = до { $date }
columns-hangs = (открытый вопрос)
columns-last-day = последний день для жалобы
columns-no-day = день неизвестен
columns-marks = Знаком * отмечены строки, в которых законы расходятся.

## Почему и почему нет

why-begins = { $measure }: начало { $date }{ $hangs }
why-not-begin = { $measure }: мера не начинает действовать ({ $basis }, { $place }):
why-no-measure = в законе нет меры вида «{ $measure }» для этой повестки
why-paraphrase = пересказ: { $words }
why-quote = «{ $words }»
lacking-condition = условие начала при событии «{ $state }» не выполнено ({ $basis })
lacking-state = «{ $state }» не наступило: { $why } ({ $basis })
lacking-event = для этого нужно событие «{ $event }», среди сообщённых фактов его нет
lacking-but = { $event } — { $date }, однако { $why }
lacking-anchor = срок ({ $length }) течёт { $anchor }, этот день не наступил
lacking-uncounted = срок ({ $length }) не исчисляется
lacking-later = срок ({ $length }) с { $from } заканчивается { $date }, после последнего рассмотренного дня
lacking-had-run = срок ({ $length }) с { $from } истёк { $date }, однако { $why }
lacking-guard = его условие не выполнено
lacking-come-to = к этому времени дело пришло к состоянию «{ $state }» ({ $date })
lacking-still-at = тогда дело ещё находилось в состоянии «{ $state }»

## Сроки для календаря

limit-begins = начало действия: { $measures }
limit-last-day = последний день для обжалования: { $what } ({ $body })
limit-body = орган, указанный в законе

## Конец страницы

closing = Закон: { $laws }, программа { $engine }. { $notice }
closing-law = { $law }{ $opened } (sha256 { $sha })
closing-opened = в редакции на { $date }
advice = Здесь изложен текст закона. Это не консультация по вашему делу.

## Слова, которые пишет компилятор

made-begins = начало
made-comply-over = срок исполнения истёк
made-act-over = срок для действия истёк
made-file-over = срок подачи истёк
made-must-refuse = суд обязан отказать
made-ordered = суд удовлетворил
made-refused = суд отказал
made-warned = вынесено предупреждение
made-demanded = предъявлено письменное требование
made-sued = подано обращение в суд
made-penalised = наложено взыскание
made-warn = предупредить о последствиях
made-demand = письменно потребовать исполнения обязанности
made-sue = обратиться в суд
made-penalise = наложить взыскание
made-lapses = дело прекращается
made-demand-met = требование исполнено
made-withdrawn = отозвано
made-filed = подано
made-succeeds = удовлетворено
made-fails = отказано
made-decision-final = решение вступило в силу
made-filed-late = подано с пропуском срока
made-restored = срок восстановлен
made-decide = принять решение

## Состояния, которые называет компилятор

name-idle = не начато
name-begun = начато
name-warned = предупреждён
name-demanded = потребовано
name-overdue = срок пропущен
name-sued = передано в суд
name-penalised = взыскание наложено
name-ordered = удовлетворено судом
name-complied = исполнено
name-lapsed = прекращено
name-withdrawn = отозвано
name-refused = отказано
name-open = не подано
name-expired = срок подачи истёк
name-pending = на рассмотрении
name-late = подано с опозданием
name-granted = удовлетворено
name-rejected = отклонено
name-final = вступило в силу

## Вопросы

ask-intro = Ничего из введённого не сохраняется и не отправляется. День пишется так: { $form }; всегда можно ответить «нет», «не знаю» или «?» (справка).
ask-form = ДД.ММ.ГГГГ
ask-kind = Какая это повестка?
ask-event = В какой день это было: { $event }? (день, нет, не знаю)
ask-appearance = На какой день назначена явка? (день, не знаю)
ask-more = Произошло ли что-нибудь ещё? (да, нет)
ask-learned = Когда вы узнали о мере { $measure }? (день, не знаю)
ask-born = Когда вы родились? (день, не знаю)
ask-person = { $fact } ({ $picture })? (да, нет, не знаю)
ask-condition = { $what }? (да, нет, не знаю)
ask-remedy = { $remedy }: в какой день это было: { $event }? (день, нет, не знаю)
ask-help-kind = Введите номер или слово в скобках.
ask-help-day = День пишется так: { $form }, с 01.01.1900 по 31.12.2099; «нет», если этого не было; «не знаю», если неизвестно.
ask-help-day-only = День пишется так: { $form }, с 01.01.1900 по 31.12.2099; «не знаю», если неизвестно: тогда показываются все варианты.
ask-help-yes-no = Введите «да» или «нет».
ask-help-yes-no-unknown = Введите «да», «нет» или «не знаю»: тогда показываются оба варианта.
ask-not-understood = Ответ «{ $answer }» не понят.
ask-too-far = { $day } слишком далеко от других дней.
ask-none = Ничего из этого не было, поэтому нет повестки, которую можно объяснить.
ask-unknown-events = Ответ «не знаю» дан о следующем: { $events }. Объяснение исходит из того, что этого не было.
ask-word-yes = да
ask-word-no = нет
ask-word-unknown = не знаю
