// modules/dialogue/product_index.cpp -- documents out of products, and queries. See product_index.h.
#include "modules/dialogue/product_index.h"
#include "core/stable_hash.h"
#include "core/utf8.h"
#include "engines/text/analysis/pinyin.h"
#include "engines/text/analysis/synonyms.h"
#include "engines/text/index/highlight.h"
#include "modules/dialogue/lexicon.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <unordered_set>

namespace kindling::dialogue {
namespace {

text::Schema schema() {
    return {.texts = {{"title", 1}, {"kind", 0.7f}, {"facts", 0.5f}, {.name = "description", .boost = 0.2f, .names = false}}, .keywords = {"mark"}, .numbers = {"popularity"}};
}

// Another one when words are cut or stemmed otherwise, so that an index of before is made anew.
constexpr std::string_view cut = "2";
constexpr std::size_t least_named = 3;         // goods that are called so, before those that only mention it are left out
constexpr double called_otherwise = 0.7;       // what is left of a score for each naming word that is only mentioned

}  // namespace

std::uint64_t ProductIndex::mark(text::Document const& d) {
    auto h = stable_hash_of_part(cut, stable_hash_start);
    for (auto const& t : d.texts) h = stable_hash_of_part(t, h);
    for (auto const& i : d.identifiers) h = stable_hash_of_part(i, h);
    return h;
}

ProductIndex::~ProductIndex() {
    index_.reset();
    if (lock_ >= 0) ::close(lock_);
}

Result<std::unique_ptr<ProductIndex>> ProductIndex::open(Options options) {
    std::unique_ptr<ProductIndex> out(new ProductIndex());
    std::error_code none;
    if (!options.folder.empty()) {
        std::filesystem::create_directories(options.folder.parent_path(), none);
        out->lock_ = ::open((options.folder.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (out->lock_ < 0 || ::flock(out->lock_, LOCK_EX | LOCK_NB) != 0) options.folder.clear();
    }
    if (!std::filesystem::exists(options.dictionary, none)) options.dictionary.clear();
    out->analyzer_ = TRY(text::Analyzer::create({.dictionary_path = options.dictionary}));
    out->persistent_ = !options.folder.empty();
    auto const analyzer = out->analyzer_;
    auto const make = [&] {
        return text::Index::open({.folder = options.folder.string(), .schema = schema(), .language = {.analyse = [analyzer](std::string_view s, text::Mode mode, std::vector<text::Token>& tokens) { analyzer->analyze(s, mode, tokens); }, .reading = [](std::string_view s) { return text::fuzzy_pinyin(s); }}});
    };
    if (out->persistent_) std::filesystem::create_directories(options.folder, none);
    auto index = make();
    if (!index && out->persistent_) {
        std::filesystem::remove_all(options.folder, none);
        std::filesystem::create_directories(options.folder, none);
        index = make();
    }
    out->index_ = TRY(std::move(index));
    out->set_synonyms({});
    return out;
}

text::Document ProductIndex::document(CatalogueView const& view, std::size_t p) const {
    auto const& entry = view[p];
    auto const& data = entry.data;
    text::Document d{.id = data.product_id};
    std::string kind = data.brand + "\n" + data.brand_zh, facts;
    for (int c = entry.category, depth = 0; c >= 0 && depth < 16; c = view.words().categories[static_cast<std::size_t>(c)].parent_index, ++depth) kind += "\n" + view.words().categories[static_cast<std::size_t>(c)].label.en + "\n" + view.words().categories[static_cast<std::size_t>(c)].label.zh;
    for (auto const& a : data.attributes) facts += a.text_en + "\n" + a.text_zh + "\n";
    for (auto const& variant : data.variants) {
        for (auto const& a : variant.attributes) facts += a.text_en + "\n" + a.text_zh + "\n";
        d.identifiers.push_back(variant.sku);
        if (!variant.barcode.empty()) d.identifiers.push_back(variant.barcode);
    }
    d.identifiers.push_back(data.product_id);
    d.texts = {data.title_en + "\n" + data.title_zh, std::move(kind), std::move(facts), data.description_en + "\n" + data.description_zh};
    d.keywords = {{}};
    d.numbers = {entry.standing.popularity};
    d.keywords[0] = {std::to_string(mark(d))};
    return d;
}

Result<void> ProductIndex::rebuild(CatalogueView const& view) {
    // What the index already holds unchanged stays; the marks tell.
    std::unordered_set<std::string> held;
    auto const snapshot = index_->snapshot();
    std::vector<text::Document> fresh;
    std::unordered_set<std::string> living;
    std::string all;
    auto h = stable_hash_start;
    for (std::size_t p = 0; p < view.size(); ++p) {
        fresh.push_back(document(view, p));
        living.insert(fresh.back().id);
        h = stable_hash(fresh.back().keywords[0][0], stable_hash(fresh.back().id, h));
    }
    auto const mark = std::to_string(h) + "/" + std::to_string(view.size());
    if (index_->bookmark() == mark && snapshot.document_count() == view.size()) return number(view), Result<void>{};
    for (std::size_t from = 0; snapshot.document_count() > 0 && from < 10000; from += 1000) {
        auto const page = TRY(snapshot.search({.offset = static_cast<std::uint32_t>(from), .limit = 1000}));
        for (auto const& hit : page.hits)
            if (!living.contains(hit.id)) index_->erase(hit.id);
        if (page.hits.size() < 1000) break;
    }
    for (std::size_t from = 0; from < fresh.size(); from += 2000) TRY(index_->upsert(std::span(fresh).subspan(from, std::min<std::size_t>(2000, fresh.size() - from))));
    index_->set_bookmark(mark);
    TRY(index_->commit());
    TRY(save());
    number(view);   // of the segments that are kept: a saved one is mapped from its file
    return {};
}

Result<void> ProductIndex::apply(CatalogueView const& view, std::span<std::string const> changed, std::span<std::string const> gone) {
    std::vector<text::Document> fresh;
    for (auto const& id : changed)
        if (auto const p = view.find(id)) fresh.push_back(document(view, *p));
        else index_->erase(id);
    for (auto const& id : gone) index_->erase(id);
    TRY(index_->upsert(fresh));
    index_->set_bookmark("");
    TRY(index_->commit());
    TRY(index_->merge_if_needed());
    number(view);
    return {};
}

void ProductIndex::number(CatalogueView const& view) {
    auto const snapshot = index_->snapshot();
    auto made = std::make_shared<Places>();
    made->numbering = view.numbering();
    for (std::size_t s = 0; s < snapshot.segment_count(); ++s) {
        auto const segment = snapshot.segment(s);
        auto const known = [&](auto const& one) { return one.first == segment; };
        // Only this thread changes places_.
        if (places_ && places_->numbering == made->numbering)
            if (auto const at = std::ranges::find_if(places_->of, known); at != places_->of.end()) { made->of.push_back(*at); continue; }
        std::vector<std::uint32_t> products(snapshot.documents(s), UINT32_MAX);
        for (std::uint32_t d = 0; d < products.size(); ++d)
            if (auto const p = view.find(snapshot.id(s, d))) products[d] = static_cast<std::uint32_t>(*p);
        made->of.emplace_back(segment, std::make_shared<std::vector<std::uint32_t> const>(std::move(products)));
    }
    std::lock_guard const lock(numbering_);
    places_ = std::move(made);
}

void ProductIndex::set_synonyms(std::span<std::vector<std::string> const> own) {
    auto sets = text::commerce_synonyms();
    sets.insert(sets.end(), own.begin(), own.end());
    index_->set_synonyms(std::move(sets));
}

Result<void> ProductIndex::save() {
    if (!persistent_) return {};
    return index_->save();
}

Result<ProductIndex::Found> ProductIndex::search(CatalogueView const& view, std::string_view words, std::size_t limit, NamesGoods const& names, Typing typing) const {
    text::Query query{.text = std::string(utf8_prefix(words, 1000)), .limit = static_cast<std::uint32_t>(std::min<std::size_t>(limit, 10000))};
    if (limit == every) query.every = true, query.limit = 1000;
    if (typing == Typing::going_on) query.prefix = text::Prefix::last_word;
    query.number_boosts = {{"popularity", 0.2, 50}};
    auto const snapshot = index_->snapshot();
    auto answer = TRY(snapshot.search(query));
    std::shared_ptr<Places const> places;
    {
        std::lock_guard const lock(numbering_);
        places = places_;
    }
    std::vector<std::vector<std::uint32_t> const*> numbered(snapshot.segment_count(), nullptr);
    if (places && places->numbering == view.numbering())
        for (std::size_t s = 0; s < numbered.size(); ++s)
            if (auto const at = std::ranges::find(places->of, snapshot.segment(s), [](auto const& one) -> auto const& { return one.first; }); at != places->of.end()) numbered[s] = at->second.get();
    auto const product_of = [&](text::Hit const& hit) -> std::optional<std::size_t> {
        if (!numbered[hit.segment]) return view.find(snapshot.id(hit.segment, hit.document));
        auto const p = (*numbered[hit.segment])[hit.document];
        return p == UINT32_MAX ? std::nullopt : std::optional<std::size_t>(p);
    };
    std::uint64_t naming = 0;
    for (std::size_t w = 0; names && w < answer.words.size(); ++w) naming |= names(answer.words[w]) ? 1ull << w : 0;
    if (naming != 0) {
        auto const only_mentions = [&](text::Hit const& hit) { return hit.all_words && (naming & ~hit.named) != 0; };
        auto const mentions = static_cast<std::size_t>(std::ranges::count_if(answer.hits, only_mentions)), named = static_cast<std::size_t>(std::ranges::count_if(answer.hits, &text::Hit::all_words)) - mentions;
        // Only what has the word and not as a name: what lacks it scores nothing for it as it is.
        for (auto& hit : answer.hits)
            if (only_mentions(hit)) hit.score *= std::pow(called_otherwise, std::popcount(naming & ~hit.named));
        if (mentions > 0 && named >= least_named) std::erase_if(answer.hits, only_mentions);
        // "DJ controller for beginners", where no controller speaks of beginners and a mixer's text of all three: the controllers come nearest.
        else if (mentions > 0 && static_cast<std::size_t>(std::ranges::count_if(answer.hits, [&](text::Hit const& hit) { return (naming & ~hit.named) == 0; })) >= least_named)
            for (auto& hit : answer.hits)
                if (only_mentions(hit)) hit.all_words = false;
        auto const sorted = answer.hits.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(query.limit, answer.hits.size()));
        auto const better = [](text::Hit const& a, text::Hit const& b) { return a.score != b.score ? a.score > b.score : a.segment != b.segment ? a.segment < b.segment : a.document < b.document; };
        if (sorted != answer.hits.end()) std::ranges::nth_element(answer.hits, sorted, better);
        std::sort(answer.hits.begin(), sorted, better);
    }
    Found out;
    out.products.reserve(answer.hits.size());
    out.some_words = answer.matching != text::Matching::all || std::ranges::any_of(answer.hits, [](text::Hit const& hit) { return !hit.all_words && !hit.identifier; });
    for (auto const& hit : answer.hits)
        if (auto const p = product_of(hit)) {
            out.products.emplace_back(*p, hit.score);
            if (!hit.all_words && !hit.identifier) continue;
            out.whole = true;
            if (out.some_words) out.with_all.push_back(*p);
        }
    // A word that nothing here is like was left out by the index: none of what was found has all of them.
    if (!answer.ignored_words.empty() && std::ranges::any_of(answer.ignored_words, [](std::string const& word) { return word.size() > 2 && !is_common_word(surface_of(word)); })) out.some_words = out.left_out = true, out.whole = false, out.with_all.clear();
    std::unordered_set<std::string_view> guessed(answer.ignored_words.begin(), answer.ignored_words.end());
    for (auto const& c : answer.corrections) guessed.insert(c.from);
    out.guessed = guessed.size();
    for (auto& c : answer.corrections) out.corrections.emplace_back(std::move(c.from), std::move(c.to));
    out.terms = std::move(answer.terms);
    return out;
}

TextScores ProductIndex::scores(CatalogueView const& view, std::string_view words) const {
    TextScores out;
    auto const found = search(view, words, 1000);
    if (!found || found->products.empty()) return out;
    auto const best = std::max(1e-9, found->products.front().second);
    for (auto const& [p, score] : found->products) out.emplace(p, score / best);
    return out;
}

std::string ProductIndex::highlight(std::string_view whole, std::span<std::string const> terms) const {
    auto const marks = text::highlight(whole, terms, [&](std::string_view s, text::Mode mode, std::vector<text::Token>& tokens) { analyzer_->analyze(s, mode, tokens); });
    if (marks.empty()) return {};
    std::size_t from = marks.front().begin > 60 ? marks.front().begin - 60 : 0;
    while (from > 0 && (static_cast<unsigned char>(whole[from]) & 0xC0) == 0x80) --from;
    auto const window = utf8_prefix(whole.substr(from), 160);
    auto const to = from + window.size();
    std::string out = from > 0 ? "…" : "";
    auto const escaped = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) switch (whole[i]) {
                case '&': out += "&amp;"; break;
                case '<': out += "&lt;"; break;
                case '>': out += "&gt;"; break;
                case '"': out += "&quot;"; break;
                case '\'': out += "&#39;"; break;
                default: out += whole[i];
            }
    };
    auto at = from;
    for (auto const& mark : marks) {
        if (mark.begin < at || mark.end > to) continue;
        escaped(at, mark.begin);
        out += "<mark>", escaped(mark.begin, mark.end), out += "</mark>";
        at = mark.end;
    }
    escaped(at, to);
    if (to < whole.size()) out += "…";
    return out;
}

std::vector<std::string> ProductIndex::words(std::string_view whole, std::size_t most) const {
    std::vector<std::string> out;
    auto place = UINT32_MAX;
    for (auto& token : analyzer_->analyze(whole, text::Mode::query)) {
        if (token.position != place && out.size() == most) break;
        if (token.position == place && !out.empty()) out.back() = std::move(token.term);
        else out.push_back(std::move(token.term));
        place = token.position;
    }
    return out;
}

}  // namespace kindling::dialogue
