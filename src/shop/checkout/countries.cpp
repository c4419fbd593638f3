#include "shop/checkout/countries.h"
#include <algorithm>
#include <map>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace kindling::shop {

namespace {

using icu::UnicodeString;

std::string folded(UnicodeString text) {
    text.findAndReplace(UnicodeString("."), UnicodeString()).trim().foldCase();
    std::string out;
    text.toUTF8String(out);
    return out;
}

UnicodeString shown(std::string_view code, Locale locale) {
    UnicodeString out;
    return icu::Locale("", std::string(code).c_str()).getDisplayCountry(icu::Locale(locale == Locale::zh ? "zh_CN" : "en"), out);
}

using ByName = std::map<std::string, std::string, std::less<>>;

ByName named() {
    // What people write and ICU's names are not: short names, and places whose long official names nobody writes into an address.
    ByName names{{"uk", "GB"}, {"great britain", "GB"}, {"britain", "GB"}, {"england", "GB"}, {"scotland", "GB"}, {"wales", "GB"}, {"america", "US"}, {"united states of america", "US"}, {"holland", "NL"}, {"korea", "KR"}, {"republic of korea", "KR"}, {"russian federation", "RU"}, {"pr china", "CN"}, {"prc", "CN"}, {"mainland china", "CN"},
                 {"hong kong", "HK"}, {"macau", "MO"}, {"macao", "MO"}, {"uae", "AE"}, {"czech republic", "CZ"}, {"turkey", "TR"}, {"中国大陆", "CN"}, {"中华人民共和国", "CN"}, {"香港", "HK"}, {"中国香港", "HK"}, {"澳门", "MO"}, {"中国澳门", "MO"}, {"中国台湾", "TW"}, {"大不列颠", "GB"}, {"英格兰", "GB"}, {"美利坚合众国", "US"}};
    for (auto const* const* code = icu::Locale::getISOCountries(); *code; ++code) {
        names.emplace(folded(UnicodeString(*code)), *code);
        names.emplace(folded(UnicodeString(icu::Locale("", *code).getISO3Country())), *code);
        for (auto const locale : {Locale::en, Locale::zh}) names.emplace(folded(shown(*code, locale)), *code);
    }
    return names;
}

}  // namespace

std::string country_code(std::string_view said) {
    static ByName const names = named();
    auto const found = names.find(folded(UnicodeString::fromUTF8(icu::StringPiece(said.data(), static_cast<std::int32_t>(std::min<std::size_t>(said.size(), 400))))));
    return found == names.end() ? std::string() : found->second;
}

std::string country_name(std::string_view code, Locale locale) {
    std::string out;
    shown(code, locale).toUTF8String(out);
    return out.empty() ? std::string(code) : out;
}

std::vector<std::string> country_codes(Locale locale) {
    struct Named { std::string code; UnicodeString name; };
    std::vector<Named> all;
    for (auto const* const* code = icu::Locale::getISOCountries(); *code; ++code) all.push_back({*code, shown(*code, locale)});
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> const order(icu::Collator::createInstance(icu::Locale(locale == Locale::zh ? "zh_CN" : "en"), status));
    std::ranges::sort(all, [&](Named const& a, Named const& b) { return U_SUCCESS(status) ? order->compare(a.name, b.name, status) == UCOL_LESS : a.code < b.code; });
    std::vector<std::string> codes;
    for (auto& one : all) codes.push_back(std::move(one.code));
    return codes;
}

}  // namespace kindling::shop
