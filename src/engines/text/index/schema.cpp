#include "engines/text/index/schema.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "core/stable_hash.h"
#include "core/utf8.h"

namespace kindling::text {

namespace {

void check_names(std::string_view list, const std::vector<std::string>& names, std::set<std::string>& seen, std::vector<FieldError>& errors) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) errors.push_back({fmt::format("/{}/{}", list, i), "required", "A field needs a name."});
        else if (!seen.insert(names[i]).second) errors.push_back({fmt::format("/{}/{}", list, i), "duplicate", fmt::format("The name {} is used twice.", names[i])});
    }
}

Result<void> refuse(std::string reason, std::string message, std::vector<FieldError> errors) {
    if (errors.empty()) return {};
    return fail(Errc::invalid_argument, std::move(reason), std::move(message), std::move(errors));
}

}  // namespace

Result<void> validate(const Schema& schema) {
    std::vector<FieldError> errors;
    std::set<std::string> seen;
    std::vector<std::string> texts;
    for (auto const& field : schema.texts) texts.push_back(field.name);
    check_names("texts", texts, seen, errors);
    seen.clear();  // a category may be text to find and keyword to filter by
    check_names("keywords", schema.keywords, seen, errors);
    check_names("numbers", schema.numbers, seen, errors);
    if (schema.texts.empty() || schema.texts.size() > 8) errors.push_back({"/texts", "out_of_range", "An index has 1 to 8 text fields."});
    if (schema.keywords.size() > 64) errors.push_back({"/keywords", "out_of_range", "An index has at most 64 keyword fields."});
    if (schema.numbers.size() > 64) errors.push_back({"/numbers", "out_of_range", "An index has at most 64 number fields."});
    for (std::size_t i = 0; i < schema.texts.size(); ++i) {
        auto const& field = schema.texts[i];
        if (!(field.boost > 0) || !(field.boost < 1e6f)) errors.push_back({fmt::format("/texts/{}/boost", i), "out_of_range", "A boost is above 0 and below 1,000,000."});
        if (!(field.b >= 0 && field.b <= 1)) errors.push_back({fmt::format("/texts/{}/b", i), "out_of_range", "b lies between 0 and 1."});
    }
    if (!(schema.k1 >= 0.01f && schema.k1 <= 10)) errors.push_back({"/k1", "out_of_range", "k1 lies between 0.01 and 10."});
    return refuse("schema_invalid", "The schema of the index is not usable.", std::move(errors));
}

Result<void> validate(const Schema& schema, const Document& document) {
    std::vector<FieldError> errors;
    if (document.id.empty() || document.id.size() > 512) errors.push_back({"/id", "out_of_range", "A document's id has 1 to 512 bytes."});
    auto const count = [&](std::string_view list, std::size_t given, std::size_t wanted) {
        if (given != wanted) errors.push_back({fmt::format("/{}", list), "wrong_count", fmt::format("{} values were given for {} fields.", given, wanted)});
    };
    count("texts", document.texts.size(), schema.texts.size());
    count("keywords", document.keywords.size(), schema.keywords.size());
    count("numbers", document.numbers.size(), schema.numbers.size());
    for (std::size_t i = 0; i < document.texts.size(); ++i)
        if (document.texts[i].size() > (1u << 20)) errors.push_back({fmt::format("/texts/{}", i), "too_long", "A text has at most 1 MiB."});
    for (std::size_t i = 0; i < document.keywords.size(); ++i)
        for (auto const& value : document.keywords[i])
            if (value.size() > 1024) errors.push_back({fmt::format("/keywords/{}", i), "too_long", "A keyword has at most 1,024 bytes."});
    for (std::size_t i = 0; i < document.numbers.size(); ++i)
        if (std::isinf(document.numbers[i])) errors.push_back({fmt::format("/numbers/{}", i), "out_of_range", "A number must be finite; NaN means none."});
    for (std::size_t i = 0; i < document.identifiers.size(); ++i)
        if (document.identifiers[i].size() > 128) errors.push_back({fmt::format("/identifiers/{}", i), "too_long", "An identifier has at most 128 bytes."});
    return refuse("document_invalid", fmt::format("The document {} cannot be indexed.", utf8_prefix(document.id, 64)), std::move(errors));
}

std::uint64_t fingerprint(const Schema& schema) {
    auto h = stable_hash_start;
    auto const add = [&h](std::string_view s) { h = stable_hash_of_part(s, h); };
    add("texts");
    for (auto const& field : schema.texts) add(field.name);
    add("keywords");
    for (auto const& name : schema.keywords) add(name);
    add("numbers");
    for (auto const& name : schema.numbers) add(name);
    return h;
}

}  // namespace kindling::text
