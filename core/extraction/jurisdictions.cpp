// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/jurisdictions.h"

namespace cw {

// "Georgia" alone is a state of the United States or a country: its code is empty.
const std::vector<Jurisdiction>& jurisdictions() {
    // clang-format off
    static const std::vector<Jurisdiction> table = {
        // United States
        {"alabama", "US-AL"}, {"alaska", "US-AK"}, {"arizona", "US-AZ"}, {"arkansas", "US-AR"},
        {"california", "US-CA"}, {"colorado", "US-CO"}, {"connecticut", "US-CT"}, {"delaware", "US-DE"},
        {"district of columbia", "US-DC"}, {"washington, d.c.", "US-DC"}, {"washington d.c.", "US-DC"},
        {"washington, dc", "US-DC"}, {"florida", "US-FL"}, {"georgia", ""}, {"state of georgia", "US-GA"},
        {"hawaii", "US-HI"}, {"idaho", "US-ID"}, {"illinois", "US-IL"}, {"indiana", "US-IN"}, {"iowa", "US-IA"},
        {"kansas", "US-KS"}, {"kentucky", "US-KY"}, {"louisiana", "US-LA"}, {"maine", "US-ME"}, {"maryland", "US-MD"},
        {"massachusetts", "US-MA"}, {"michigan", "US-MI"}, {"minnesota", "US-MN"}, {"mississippi", "US-MS"},
        {"missouri", "US-MO"}, {"montana", "US-MT"}, {"nebraska", "US-NE"}, {"nevada", "US-NV"},
        {"new hampshire", "US-NH"}, {"new jersey", "US-NJ"}, {"new mexico", "US-NM"}, {"new york", "US-NY"},
        {"new york state", "US-NY"}, {"north carolina", "US-NC"}, {"north dakota", "US-ND"}, {"ohio", "US-OH"},
        {"oklahoma", "US-OK"}, {"oregon", "US-OR"}, {"pennsylvania", "US-PA"}, {"rhode island", "US-RI"},
        {"south carolina", "US-SC"}, {"south dakota", "US-SD"}, {"tennessee", "US-TN"}, {"texas", "US-TX"},
        {"utah", "US-UT"}, {"vermont", "US-VT"}, {"virginia", "US-VA"}, {"washington", "US-WA"},
        {"washington state", "US-WA"}, {"west virginia", "US-WV"}, {"wisconsin", "US-WI"}, {"wyoming", "US-WY"},
        {"puerto rico", "PR"}, {"guam", "GU"}, {"u.s. virgin islands", "VI"}, {"united states", "US"},
        {"united states of america", "US"}, {"usa", "US"}, {"u.s.a.", "US"}, {"u.s.", "US"},
        // Canada
        {"alberta", "CA-AB"}, {"british columbia", "CA-BC"}, {"manitoba", "CA-MB"}, {"new brunswick", "CA-NB"},
        {"newfoundland", "CA-NL"}, {"newfoundland and labrador", "CA-NL"}, {"nova scotia", "CA-NS"},
        {"ontario", "CA-ON"}, {"prince edward island", "CA-PE"}, {"quebec", "CA-QC"}, {"québec", "CA-QC"},
        {"saskatchewan", "CA-SK"}, {"northwest territories", "CA-NT"}, {"nunavut", "CA-NU"}, {"yukon", "CA-YT"},
        {"canada", "CA"}, {"canadian", "CA", true},
        // Australia
        {"new south wales", "AU-NSW"}, {"queensland", "AU-QLD"}, {"south australia", "AU-SA"}, {"tasmania", "AU-TAS"},
        {"victoria", "AU-VIC"}, {"western australia", "AU-WA"}, {"australian capital territory", "AU-ACT"},
        {"northern territory", "AU-NT"}, {"australia", "AU"}, {"commonwealth of australia", "AU"},
        {"australian", "AU", true},
        // United Kingdom
        {"england", "GB-EAW"}, {"england and wales", "GB-EAW"}, {"england & wales", "GB-EAW"}, {"wales", "GB-EAW"},
        {"english", "GB-EAW", true}, {"scotland", "GB-SCT"}, {"scots", "GB-SCT", true}, {"scottish", "GB-SCT", true},
        {"northern ireland", "GB-NIR"}, {"united kingdom", "GB"},
        {"united kingdom of great britain and northern ireland", "GB"}, {"u.k.", "GB"}, {"uk", "GB"},
        {"great britain", "GB"},
        // Countries
        {"afghanistan", "AF"}, {"albania", "AL"}, {"algeria", "DZ"}, {"andorra", "AD"}, {"angola", "AO"},
        {"anguilla", "AI"}, {"antigua and barbuda", "AG"}, {"argentina", "AR"}, {"argentine republic", "AR"},
        {"armenia", "AM"}, {"aruba", "AW"}, {"austria", "AT"}, {"austrian", "AT", true}, {"azerbaijan", "AZ"},
        {"bahamas", "BS"}, {"bahrain", "BH"}, {"bangladesh", "BD"}, {"barbados", "BB"}, {"belarus", "BY"},
        {"belgium", "BE"}, {"belgian", "BE", true}, {"belize", "BZ"}, {"benin", "BJ"}, {"bermuda", "BM"},
        {"bhutan", "BT"}, {"bolivia", "BO"}, {"bosnia and herzegovina", "BA"}, {"botswana", "BW"}, {"brazil", "BR"},
        {"federative republic of brazil", "BR"}, {"brazilian", "BR", true}, {"british virgin islands", "VG"},
        {"brunei", "BN"}, {"bulgaria", "BG"}, {"burkina faso", "BF"}, {"burundi", "BI"}, {"cambodia", "KH"},
        {"cameroon", "CM"}, {"cape verde", "CV"}, {"cayman islands", "KY"}, {"chad", "TD"}, {"chile", "CL"},
        {"china", "CN"}, {"people's republic of china", "CN"}, {"peoples republic of china", "CN"},
        {"p.r. china", "CN"}, {"p.r.c.", "CN"}, {"prc", "CN"}, {"chinese", "CN", true}, {"colombia", "CO"},
        {"republic of the congo", "CG"}, {"democratic republic of the congo", "CD"}, {"costa rica", "CR"},
        {"croatia", "HR"}, {"cuba", "CU"}, {"curacao", "CW"}, {"curaçao", "CW"}, {"cyprus", "CY"},
        {"czech republic", "CZ"}, {"czechia", "CZ"}, {"denmark", "DK"}, {"danish", "DK", true},
        {"dominican republic", "DO"}, {"ecuador", "EC"}, {"egypt", "EG"}, {"arab republic of egypt", "EG"},
        {"el salvador", "SV"}, {"estonia", "EE"}, {"eswatini", "SZ"}, {"ethiopia", "ET"}, {"fiji", "FJ"},
        {"finland", "FI"}, {"finnish", "FI", true}, {"france", "FR"}, {"french republic", "FR"},
        {"french", "FR", true}, {"gabon", "GA"}, {"gambia", "GM"}, {"republic of georgia", "GE"}, {"germany", "DE"},
        {"federal republic of germany", "DE"}, {"german", "DE", true}, {"ghana", "GH"}, {"gibraltar", "GI"},
        {"greece", "GR"}, {"hellenic republic", "GR"}, {"greek", "GR", true}, {"grenada", "GD"}, {"guatemala", "GT"},
        {"guernsey", "GG"}, {"guinea", "GN"}, {"guyana", "GY"}, {"haiti", "HT"}, {"honduras", "HN"},
        {"hong kong", "HK"}, {"hungary", "HU"}, {"iceland", "IS"}, {"india", "IN"}, {"republic of india", "IN"},
        {"indian", "IN", true}, {"indonesia", "ID"}, {"iran", "IR"}, {"iraq", "IQ"}, {"ireland", "IE"},
        {"republic of ireland", "IE"}, {"irish", "IE", true}, {"isle of man", "IM"}, {"israel", "IL"},
        {"israeli", "IL", true}, {"italy", "IT"}, {"italian republic", "IT"}, {"italian", "IT", true},
        {"ivory coast", "CI"}, {"jamaica", "JM"}, {"japan", "JP"}, {"japanese", "JP", true}, {"jersey", "JE"},
        {"jordan", "JO"}, {"kazakhstan", "KZ"}, {"kenya", "KE"}, {"republic of korea", "KR"}, {"south korea", "KR"},
        {"korea", "KR"}, {"korean", "KR", true}, {"kosovo", "XK"}, {"kuwait", "KW"}, {"kyrgyzstan", "KG"},
        {"laos", "LA"}, {"latvia", "LV"}, {"lebanon", "LB"}, {"lesotho", "LS"}, {"liberia", "LR"}, {"libya", "LY"},
        {"liechtenstein", "LI"}, {"lithuania", "LT"}, {"luxembourg", "LU"}, {"grand duchy of luxembourg", "LU"},
        {"macau", "MO"}, {"macao", "MO"}, {"madagascar", "MG"}, {"malawi", "MW"}, {"malaysia", "MY"},
        {"maldives", "MV"}, {"mali", "ML"}, {"malta", "MT"}, {"marshall islands", "MH"}, {"mauritania", "MR"},
        {"mauritius", "MU"}, {"mexico", "MX"}, {"united mexican states", "MX"}, {"mexican", "MX", true},
        {"moldova", "MD"}, {"monaco", "MC"}, {"mongolia", "MN"}, {"montenegro", "ME"}, {"morocco", "MA"},
        {"mozambique", "MZ"}, {"myanmar", "MM"}, {"namibia", "NA"}, {"nepal", "NP"}, {"netherlands", "NL"},
        {"kingdom of the netherlands", "NL"}, {"holland", "NL"}, {"dutch", "NL", true}, {"new zealand", "NZ"},
        {"nicaragua", "NI"}, {"niger", "NE"}, {"nigeria", "NG"}, {"north macedonia", "MK"}, {"norway", "NO"},
        {"norwegian", "NO", true}, {"oman", "OM"}, {"pakistan", "PK"}, {"panama", "PA"}, {"papua new guinea", "PG"},
        {"paraguay", "PY"}, {"peru", "PE"}, {"philippines", "PH"}, {"philippine", "PH", true}, {"poland", "PL"},
        {"polish", "PL", true}, {"portugal", "PT"}, {"portuguese", "PT", true}, {"qatar", "QA"}, {"romania", "RO"},
        {"russia", "RU"}, {"russian federation", "RU"}, {"russian", "RU", true}, {"rwanda", "RW"}, {"samoa", "WS"},
        {"san marino", "SM"}, {"saudi arabia", "SA"}, {"kingdom of saudi arabia", "SA"}, {"senegal", "SN"},
        {"serbia", "RS"}, {"seychelles", "SC"}, {"sierra leone", "SL"}, {"singapore", "SG"}, {"slovakia", "SK"},
        {"slovak republic", "SK"}, {"slovenia", "SI"}, {"somalia", "SO"}, {"south africa", "ZA"},
        {"south african", "ZA", true}, {"spain", "ES"}, {"kingdom of spain", "ES"}, {"spanish", "ES", true},
        {"sri lanka", "LK"}, {"sudan", "SD"}, {"suriname", "SR"}, {"sweden", "SE"}, {"swedish", "SE", true},
        {"switzerland", "CH"}, {"swiss confederation", "CH"}, {"swiss", "CH", true}, {"syria", "SY"},
        {"taiwan", "TW"}, {"republic of china", "TW"}, {"tajikistan", "TJ"}, {"tanzania", "TZ"}, {"thailand", "TH"},
        {"thai", "TH", true}, {"togo", "TG"}, {"trinidad and tobago", "TT"}, {"tunisia", "TN"}, {"turkey", "TR"},
        {"türkiye", "TR"}, {"turkish", "TR", true}, {"turkmenistan", "TM"}, {"turks and caicos islands", "TC"},
        {"uganda", "UG"}, {"ukraine", "UA"}, {"united arab emirates", "AE"}, {"uruguay", "UY"}, {"uzbekistan", "UZ"},
        {"vanuatu", "VU"}, {"venezuela", "VE"}, {"vietnam", "VN"}, {"viet nam", "VN"}, {"yemen", "YE"},
        {"zambia", "ZM"}, {"zimbabwe", "ZW"}};
    // clang-format on
    return table;
}

} // namespace cw
