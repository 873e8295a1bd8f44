#!/usr/bin/env bash
# An edition in each language that has phrases of its own and none on the sample wire: two outlets of our own tell the same
# thing, and what is printed around it speaks their language, dates and plurals included. Every line is proved.
. "$(dirname "$0")/../lib/wire.sh"

WIRE_DIR=$T/outlets
mkdir "$WIRE_DIR"

# outlet LANG N NAME HEADLINE WORDS HEADLINE WORDS
outlet()
{
        printf 'outlet: %s\nhost: %s%s.example\nformat: rss\nlanguage: %s\nkind: news\nbeat: world\nfull: yes\nzone: +0000\n' \
                "$3" "$1" "$2" "$1"
        printf '\n=== ports-%s\ntitle: %s\nat: 0 0%s:05\nstory: ports\n\n%s\n' "$1$2" "$4" "$2" "$5"
        printf '\n=== bridge-%s\ntitle: %s\nat: 0 0%s:35\nstory: bridge\n\n%s\n' "$1$2" "$6" "$2" "$7"
}

# outlets LANG NAME NAME: six of them, the same words under the same headlines; standard input: four lines.
outlets()
{
        local title words title2 words2 n
        read -r title && read -r words && read -r title2 && read -r words2
        for n in 1 2; do
                outlet "$1" $n "$(eval "printf %s \"\$$((n + 1))\"")" "$title" "$words" "$title2" "$words2" \
                        >"$WIRE_DIR/$1$n.txt"
        done
}

outlets pt "Folha do Cais" "Diário da Enseada" <<'END'
Portos da costa leste reabrem após sete dias de greve
Os portuários da costa leste voltaram ao trabalho nesta sexta-feira depois de sete dias de greve. O acordo garante quatro dias de folga por mês a cada turno.
Ponte sobre o rio Orrow fecha para obras até o outono
A ponte sobre o rio Orrow fecha hoje para obras que devem durar até o outono. Os ônibus vão passar pela barragem do moinho.
END
outlets nl "De Kadebode" "Het Baaiblad" <<'END'
Havens aan de oostkust weer open na staking van zeven dagen
De havenarbeiders aan de oostkust zijn vrijdag weer aan het werk gegaan na een staking van zeven dagen. Volgens het akkoord krijgt elke ploeg vier vrije dagen per maand.
Brug over de Orrow tot het najaar dicht voor onderhoud
De brug over de Orrow gaat vandaag dicht voor onderhoud dat tot het najaar duurt. Bussen rijden om via de dam bij de molen.
END
outlets ru "Портовый листок" "Вестник залива" <<'END'
Порты восточного побережья открылись после недельной забастовки
Докеры восточного побережья вернулись к работе в пятницу после семидневной забастовки. По соглашению каждая смена получит четыре выходных дня в месяц.
Мост через реку Оррой закрыли на ремонт до осени
Мост через реку Оррой закрыли сегодня на ремонт, который продлится до осени. Автобусы пойдут в объезд через плотину у мельницы.
END
outlets ja "波止場新報" "入江日報" <<'END'
東海岸の港が再開、1週間のストライキ終わる
東海岸の港湾労働者は金曜日の朝、7日間のストライキを終えて仕事に戻った。合意によると、各班は月に4日の休日を得る。
オロー川の橋、秋まで補修で通行止め
オロー川にかかる橋が補修のためきょうから秋まで通行止めになる。バスは水車小屋の堤を回る。
END
outlets ar "جريدة المرفأ" "أخبار الخليج الصغير" <<'END'
موانئ الساحل الشرقي تفتح أبوابها بعد إضراب دام أسبوعا
عاد عمال موانئ الساحل الشرقي إلى العمل يوم الجمعة بعد إضراب استمر سبعة أيام. ويمنح الاتفاق كل وردية أربعة أيام راحة في الشهر.
إغلاق الجسر فوق نهر أورو للصيانة حتى الخريف
أغلق الجسر فوق نهر أورو اليوم لأعمال صيانة تستمر حتى الخريف. وستسلك الحافلات طريق السد قرب الطاحونة.
END

wire --dir "$WIRE_DIR"

# speaks LANG GREETING DAY SOURCES LATEST: the edition of a press whose language it is.
speaks()
{
        local dir=$T/$1 page copy
        press "$dir"
        set_conf "$dir" press language "$1"
        b "$dir" -o "wire.proxy=${FRONT%/}" feeds add "http://${1}1.example/feed.xml" >/dev/null
        b "$dir" -o "wire.proxy=${FRONT%/}" feeds add "http://${1}2.example/feed.xml" >/dev/null
        b "$dir" -o "wire.proxy=${FRONT%/}" gather >/dev/null
        check "$1: an edition is composed" b "$dir" compose
        check "$1: every sentence is proved" b "$dir" verify
        check "$1: it is published" b "$dir" publish
        copy=$(b "$dir" show)
        page=$(cat "$dir/public/index.html")
        has "$1: it greets" "$copy" "$2 {.greeting}"
        has "$1: its day" "$page" ">$3</time>"
        has "$1: its sources" "$copy" "$4"
        has "$1: the way to the latest" "$page" ">$5</a>"
        is "$1: no name of a phrase" "$(printf '%s\n' "$page" | grep -Eo '>(press|section|agenda)\.[a-z_.]+' | head -n 3)" ""
}

speaks pt "Bom dia. Falta um dia para o fim de semana." "sexta-feira, 6 de março de 2026" "Fontes: [" "A última edição"
speaks nl "Goedemorgen. Nog één dag tot het weekend." "vrijdag 6 maart 2026" "Bronnen: [" "De nieuwste editie"
speaks ru "Доброе утро. До выходных остался один день." $'пятница, 6 марта 2026\u202fг.' "Источники: [" "Свежий выпуск"
speaks ja "おはようございます。週末まであと一日です。" "2026年3月6日金曜日" "情報源：[" "最新号"
speaks ar "صباح الخير في يوم الجمعة هذا." "الجمعة، 6 مارس 2026" "المصادر: [" "أحدث عدد"
# --- a language of the press's own ----------------------------------------------------
P=$T/own
press "$P"
set_conf "$P" press language nl
has "a language without phrases: said" "$(b "$P" phrases fi 2>&1)" "fi: lacks greeting"
mkdir -p "$P/theme/phrases"
b "$P" phrases en --print | sed 's/^greeting = .*/greeting = Hoi./; /^greeting\./d; /^press.skip/d; /^stop/s/$/ {n}/' >"$P/theme/phrases/nl.txt"
message=$(b "$P" phrases 2>&1)
is "what it lacks is to be mended" $? 65
has "and named" "$message" "nl: lacks press.skip"
has "so is what is wrong" "$message" "nl: other places in stop"
has "check counts them" "$(b "$P" check 2>&1)" "1 are missing in nl, English stands in"
for n in 1 2; do b "$P" -o "wire.proxy=${FRONT%/}" feeds add http://nl$n.example/feed.xml >/dev/null; done
b "$P" -o "wire.proxy=${FRONT%/}" gather >/dev/null
b "$P" compose >/dev/null
has "it greets in its own words, on Fridays too" "$(b "$P" show)" "Hoi. {.greeting}"
has "English stands in" "$(b "$P" publish >/dev/null && cat "$P/public/index.html")" "Skip to the edition"
check "those built in are whole" sh -c "for l in ar de en es fr it ja pt ru; do '$BULLDOG' -C '$P' phrases \$l || exit 1; done"

has "right to left" "$(cat "$T/ar/public/index.html")" '<html lang="ar" dir="rtl">'
is "no letters spread apart there" "$(grep -c ':lang(ar).*letter-spacing: 0 !important' "$T/ar/public/index.html")" 1
finish
