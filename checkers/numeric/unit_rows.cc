// The table of units.
#include <array>

#include "checkers/numeric/unit_table.h"

namespace otmetka::checkers::numeric {
namespace {

using enum Prefixes;

const auto kRows = std::to_array<UnitRow>({
    // Length, area, volume
    {"м|m", "метр|метра|метров|метры|metre|metres|meter|meters", kDecimal, "1", "m"},
    {"дюйм|in", "дюйма|дюймов|inch|inches", kNone, "0.0254", "m"},
    {"фут|ft", "фута|футов|foot|feet", kNone, "0.3048", "m"},
    {"ярд|yd", "ярда|ярдов|yard|yards", kNone, "0.9144", "m"},
    {"миля|mi", "мили|миль|mile|miles", kNone, "1609.344", "m"},
    {"nmi", "", kNone, "1852", "m"},
    {"Å", "ангстрем|angstrom", kNone, "1/10000000000", "m"},
    {"пк|pc", "парсек|парсека|парсеков", kNone, "30856775814913673", "m"},
    {"га|ha", "гектар|гектара|гектаров|hectare|hectares", kNone, "10000", "m2"},
    {"сотка", "сотки|соток", kNone, "100", "m2"},
    {"л|l|L", "литр|литра|литров|литры|litre|litres|liter|liters", kDecimal, "1/1000", "m3"},
    // Mass
    {"г|g|гр", "грамм|грамма|граммов|граммы|gram|grams|gramme", kDecimal, "1/1000", "kg"},
    {"kgs", "", kNone, "1", "kg"},
    {"т|t", "тонна|тонны|тонн|tonne|tonnes", kDecimal, "1000", "kg"},
    {"ц", "центнер|центнера|центнеров", kNone, "100", "kg"},
    {"пуд", "пуда|пудов", kNone, "16.38", "kg"},
    {"фунт|lb|lbs", "фунта|фунтов|pound|pounds", kNone, "0.45359237", "kg"},
    {"унция|oz", "унции|унций|ounce|ounces", kNone, "0.028349523125", "kg"},
    {"кар|ct", "карат|карата|каратов|carat|carats", kNone, "1/5000", "kg"},
    // Time, frequency
    {"с|s|сек|sec", "секунда|секунды|секунд|секунду|second|seconds|secs", kDecimal, "1", "s"},
    {"мин|min", "минута|минуты|минут|минуту|minute|minutes|mins", kNone, "60", "s"},
    {"ч|h|час|hr", "часа|часов|часы|hour|hours|hrs", kNone, "3600", "s"},
    {"сут|d", "сутки|суток|день|дня|дней|дн|day|days", kNone, "86400", "s"},
    {"нед", "неделя|недели|недель|неделю|week|weeks", kNone, "604800", "s"},
    {"мес", "месяц|месяца|месяцев|month|months", kNone, "1", "month"},
    {"год|yr", "года|году|лет|годы|годов|year|years", kNone, "12", "month"},
    {"век", "века|веков|century|centuries", kNone, "1200", "month"},
    {"Гц|Hz", "герц|герца|герцев|hertz", kDecimal, "1", "s-1"},
    {"Бк|Bq", "беккерель|беккерелей|becquerel", kDecimal, "1", "s-1"},
    {"mph", "", kNone, "0.44704", "m s-1"},
    {"kph|kmh", "", kNone, "5/18", "m s-1"},
    {"уз|kn", "узел|узла|узлов|knot|knots", kNone, "463/900", "m s-1"},
    // Mechanics
    {"Н|N", "ньютон|ньютона|ньютонов|newton|newtons", kDecimal, "1", "kg m s-2"},
    {"кгс|kgf", "", kNone, "9.80665", "kg m s-2"},
    {"дин|dyn", "дина|дины", kNone, "1/100000", "kg m s-2"},
    {"Па|Pa", "паскаль|паскаля|паскалей|pascal|pascals", kDecimal, "1", "kg m-1 s-2"},
    {"бар|bar", "", kDecimal, "100000", "kg m-1 s-2"},
    {"атм|atm", "атмосфера|атмосферы|атмосфер|atmosphere|atmospheres", kNone, "101325", "kg m-1 s-2"},
    {"мм рт ст|mmHg",
     "мм рт столба|мм ртутного столба|миллиметр ртутного столба|миллиметра ртутного столба|миллиметров ртутного столба|mm Hg",
     kNone, "133.322387415", "kg m-1 s-2"},
    {"Дж|J", "джоуль|джоуля|джоулей|joule|joules", kDecimal, "1", "kg m2 s-2"},
    {"эВ|eV", "электронвольт|электронвольта", kDecimal, "0.0000000000000000001602176634", "kg m2 s-2"},
    {"кал|cal", "калория|калории|калорий|calorie|calories", kDecimal, "4.1868", "kg m2 s-2"},
    {"Вт|W", "ватт|ватта|ваттов|watt|watts", kDecimal, "1", "kg m2 s-3"},
    {"Втч|Wh", "", kDecimal, "3600", "kg m2 s-2"},
    {"л с|hp", "", kNone, "735.49875", "kg m2 s-3"},
    // Electricity, light, radiation
    {"А|A", "ампер|ампера|амперов|ampere|amperes|amp|amps", kDecimal, "1", "A"},
    {"Кл|C", "кулон|кулона|кулонов|coulomb|coulombs", kDecimal, "1", "A s"},
    {"Ач|Ah", "", kDecimal, "3600", "A s"},
    {"В|V", "вольт|вольта|вольтов|volt|volts", kDecimal, "1", "kg m2 s-3 A-1"},
    {"Ом|Ω|Ohm|ohm", "ома|омов|ohms", kDecimal, "1", "kg m2 s-3 A-2"},
    {"См|S", "сименс|сименса|сименсов|siemens", kDecimal, "1", "kg-1 m-2 s3 A2"},
    {"Ф|F", "фарад|фарада|фарады|farad|farads", kDecimal, "1", "kg-1 m-2 s4 A2"},
    {"Гн|H", "генри|henry|henries", kDecimal, "1", "kg m2 s-2 A-2"},
    {"Тл|T", "тесла|тесл|tesla|teslas", kDecimal, "1", "kg s-2 A-1"},
    {"Вб|Wb", "вебер|вебера|веберов|weber|webers", kDecimal, "1", "kg m2 s-2 A-1"},
    {"кд|cd", "кандела|канделы|кандел|candela", kDecimal, "1", "cd"},
    {"лм|lm", "люмен|люмена|люменов|lumen|lumens", kDecimal, "1", "cd"},
    {"лк|lx", "люкс|люкса|люксов|lux", kDecimal, "1", "cd m-2"},
    {"дптр|дп|dpt", "диоптрия|диоптрии|диоптрий|dioptre|dioptres|diopter", kNone, "1", "m-1"},
    {"Гр|Gy", "грей|gray", kDecimal, "1", "m2 s-2"},
    {"Зв|Sv", "зиверт|зиверта|зивертов|sievert", kDecimal, "1", "m2 s-2"},
    // Heat, chemistry
    {"К|K", "кельвин|кельвина|кельвинов|kelvin|kelvins", kDecimal, "1", "K"},
    {"°C|°С", "градус цельсия|градуса цельсия|градусов цельсия|degrees celsius", kNone, "1", "K", "273.15"},
    {"°F", "", kNone, "5/9", "K", "45967/180"},
    {"моль|mol", "моля|молей|mole|moles", kDecimal, "1", "mol"},
    {"кат|kat", "", kDecimal, "1", "mol s-1"},
    // Angles
    {"°|град|deg", "градус|градуса|градусов|градусы|degree|degrees", kNone, "1", "deg"},
    {"′", "", kNone, "1/60", "deg"},
    {"″", "", kNone, "1/3600", "deg"},
    {"рад|rad", "радиан|радиана|радианов|radian|radians", kDecimal, "1", ""},
    {"ср|sr", "стерадиан|steradian", kNone, "1", ""},
    // Information: К is 1024; b is a bit and B a byte
    {"бит|bit|b", "бита|битов|биты|bits", kBinary, "1", "bit"},
    {"Б|B|байт|byte", "байта|байтов|байты|bytes", kBinary, "8", "bit"},
    // Counting
    {"шт|pcs", "штука|штуки|штук|piece|pieces", kNone, "1", ""},
    {"раз", "раза|times", kNone, "1", ""},
    {"об|rev", "оборот|оборота|оборотов|revolution|revolutions", kNone, "1", ""},
    {"ppm", "", kNone, "1/1000000", ""},
    {"тыс", "тысяча|тысячи|тысяч|thousand", kNone, "1000", ""},
    {"млн|mln", "миллион|миллиона|миллионов|million", kNone, "1000000", ""},
    {"млрд|bn|bln", "миллиард|миллиарда|миллиардов|billion", kNone, "1000000000", ""},
    {"трлн", "триллион|триллиона|триллионов|trillion", kNone, "1000000000000", ""},
    // Money
    {"руб|р|₽|RUB", "рубль|рубля|рублей|рубли|rouble|roubles|ruble|rubles", kNone, "1", "rub"},
    {"коп", "копейка|копейки|копеек|kopeck|kopecks", kNone, "1/100", "rub"},
    {"$|USD", "доллар|доллара|долларов|dollar|dollars", kNone, "1", "usd"},
    {"¢", "цент|цента|центов|cent|cents", kNone, "1/100", "usd"},
    {"€|EUR", "евро|euro|euros", kNone, "1", "eur"},
    // Astronomy
    {"а е|au", "", kNone, "149597870700", "m"},
    {"св год|св лет|ly", "", kNone, "9460730472580800", "m"},
});

}  // namespace

std::span<const UnitRow> unit_rows() { return kRows; }

}  // namespace otmetka::checkers::numeric
