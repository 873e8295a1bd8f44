#include "edition/season.h"

/*
 * Areas of the world by where most of their clocks are, then the places that
 * are elsewhere (from the latitudes in tzdata's zone.tab; the tropics end at
 * 23.4 degrees).
 */
static const char *const north_areas[] = {
        "Europe/", "Arctic/", "America/", "Asia/",  "Atlantic/", "US/",
        "Canada/", "GB",      "Eire",     "Japan",  "Poland",    "Portugal",
        "PRC",     "ROK",     "Turkey",   "Israel", "Iran",      "Egypt",
};
static const char *const south_areas[] = { "Australia/", "Antarctica/",
                                           "America/Argentina/", "Chile/",
                                           "NZ" };
static const char north[] =
        " "
        "Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Ceuta "
        "Africa/El_Aaiun Africa/Tripoli Africa/Tunis Pacific/Midway ";
static const char south[] =
        " "
        "Africa/Gaborone Africa/Johannesburg Africa/Maputo "
        "Africa/Maseru Africa/Mbabane America/Asuncion "
        "America/Coyhaique America/Montevideo America/Punta_Arenas "
        "America/Santiago America/Sao_Paulo Atlantic/South_Georgia "
        "Atlantic/Stanley Indian/Kerguelen Pacific/Auckland "
        "Pacific/Chatham Pacific/Easter Pacific/Norfolk "
        "Pacific/Pitcairn ";
static const char tropics[] =
        " "
        "America/Anguilla America/Antigua America/Araguaina "
        "America/Aruba America/Bahia America/Bahia_Banderas "
        "America/Barbados America/Belem America/Belize "
        "America/Boa_Vista America/Bogota America/Campo_Grande "
        "America/Cancun America/Caracas America/Cayenne "
        "America/Cayman America/Costa_Rica America/Cuiaba "
        "America/Curacao America/Dominica America/Eirunepe "
        "America/El_Salvador America/Fortaleza America/Grand_Turk "
        "America/Grenada America/Guadeloupe America/Guatemala "
        "America/Guayaquil America/Guyana America/Havana "
        "America/Jamaica America/Kralendijk America/La_Paz "
        "America/Lima America/Lower_Princes America/Maceio "
        "America/Managua America/Manaus America/Marigot "
        "America/Martinique America/Mazatlan America/Merida "
        "America/Mexico_City America/Montserrat America/Noronha "
        "America/Panama America/Paramaribo America/Port-au-Prince "
        "America/Port_of_Spain America/Porto_Velho "
        "America/Puerto_Rico America/Recife America/Rio_Branco "
        "America/Santarem America/Santo_Domingo America/St_Barthelemy "
        "America/St_Kitts America/St_Lucia America/St_Thomas "
        "America/St_Vincent America/Tegucigalpa America/Tortola "
        "Asia/Aden Asia/Bangkok Asia/Brunei Asia/Colombo Asia/Dili "
        "Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Jakarta Asia/Jayapura "
        "Asia/Kolkata Asia/Kuala_Lumpur Asia/Kuching Asia/Macau "
        "Asia/Makassar Asia/Manila Asia/Phnom_Penh Asia/Pontianak "
        "Asia/Singapore Asia/Vientiane Asia/Yangon "
        "Atlantic/Cape_Verde Atlantic/St_Helena Australia/Darwin "
        "Australia/Lindeman US/Hawaii ";

static bool is_named(struct str list, struct str zone)
{
        for (size_t at = str_find(list, zone, 0); at != STR_NONE;
             at = str_find(list, zone, at + 1))
                if (list.p[at - 1] == ' ' && list.p[at + zone.n] == ' ')
                        return true;
        return false;
}

static bool is_in(const char *const *areas, size_t n, struct str zone)
{
        for (size_t i = 0; i < n; i++)
                if (str_starts(zone, str_c(areas[i])))
                        return true;
        return false;
}

/* 1: north of the tropics, -1: south of them, 0: within, or nobody knows. */
static int hemisphere_of(struct str zone)
{
        if (!zone.n || is_named(str_c(tropics), zone))
                return 0;
        if (is_named(str_c(south), zone) ||
            is_in(south_areas, sizeof(south_areas) / sizeof(*south_areas),
                  zone))
                return -1;
        return is_named(str_c(north), zone) ||
               is_in(north_areas, sizeof(north_areas) / sizeof(*north_areas),
                     zone);
}

enum phrase_season season_of(struct str zone, const struct civil *date)
{
        static const enum phrase_season seasons[] = {
                PHRASE_WINTER, PHRASE_SPRING, PHRASE_SUMMER, PHRASE_AUTUMN
        };
        int hemisphere = hemisphere_of(zone), quarter = date->month % 12 / 3;

        if (!hemisphere)
                return PHRASE_NO_SEASON;
        return seasons[(quarter + (hemisphere < 0 ? 2 : 0)) % 4];
}
