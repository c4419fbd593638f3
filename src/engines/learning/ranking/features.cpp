#include "engines/learning/ranking/features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace kindling::ranking {

namespace {

constexpr FeatureName names[] = {
    {"text", "words, relative to the best", "文字相关度（相对最佳）"},
    {"text_place", "place by words", "文字排名", Reading::place},
    {"meaning", "likeness in meaning", "语义相近度"},
    {"meaning_place", "place by meaning", "语义排名", Reading::place},
    {"meaning_gap", "likeness in meaning, relative to the best", "语义相近度（相对最佳）"},
    {"title", "share of the words in the title", "标题覆盖搜索词的比例"},
    {"kind", "share of the words in category and brand", "类目与品牌覆盖的比例"},
    {"facts", "share of the words in the attributes", "属性覆盖的比例"},
    {"description", "share of the words in the description", "描述覆盖的比例"},
    {"anywhere", "share of the words anywhere", "任意处覆盖的比例"},
    {"title_focus", "how much of the title was asked for", "标题中被问到的比例"},
    {"title_pairs", "words that stand together in the title", "标题中相邻的搜索词"},
    {"last_in_title", "the last word is in the title", "末词在标题中"},
    {"last_in_kind", "the last word is in the category", "末词在类目中"},
    {"title_words", "length of the title", "标题长度"},
    {"query_words", "length of the query", "搜索词长度"},
    {"known_words", "share of the words with a learned meaning", "有已学语义的词比例"},
    {"category_vote", "its category among the best by words", "其类目在文字最佳结果中的占比"},
    {"category_meaning", "its category among the nearest in meaning", "其类目在语义最近结果中的占比"},
    {"sales", "sold lately", "近期销量", Reading::count},
    {"rating", "rating", "评分"},
    {"reviews", "reviews", "评价数", Reading::count},
    {"price", "price, relative to the median", "价格（相对中位数）", Reading::ratio},
};

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

bool holds(const std::vector<std::uint32_t>& sorted, std::uint32_t word) { return std::ranges::binary_search(sorted, word); }

float logarithm(float x) { return std::isnan(x) ? missing : std::log1p(std::max(0.0f, x)); }

}  // namespace

std::span<const FeatureName> feature_names() { return names; }

double as_said(const FeatureName& feature, float value) {
    auto const x = static_cast<double>(value);
    switch (feature.reading) {
        case Reading::place: return std::round(1 / x);
        case Reading::count: return std::round(std::expm1(x));
        case Reading::ratio: return std::exp(x);
        case Reading::as_it_is: break;
    }
    return x;
}

std::uint32_t FieldMatch::number(std::string_view word) {
    auto const found = words_.find(word);
    if (found != words_.end()) return found->second;
    document_counts_.push_back(0);
    return words_.emplace(std::string(word), static_cast<std::uint32_t>(document_counts_.size() - 1)).first->second;
}

void FieldMatch::forget(const Document& d) {
    std::vector<std::uint32_t> all;
    for (auto const& field : d.sorted) all.insert(all.end(), field.begin(), field.end());
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (auto const w : all) --document_counts_[w];
}

void FieldMatch::put(std::string_view id, std::span<const std::vector<std::string>, field_count> fields) {
    erase(id);
    Document d;
    std::vector<std::uint32_t> all;
    for (std::size_t f = 0; f < field_count; ++f) {
        for (auto const& word : fields[f]) d.sorted[f].push_back(number(word));
        if (f == 0) d.title = d.sorted[0], d.title.resize(std::min<std::size_t>(d.title.size(), 64));
        std::ranges::sort(d.sorted[f]);
        d.sorted[f].erase(std::unique(d.sorted[f].begin(), d.sorted[f].end()), d.sorted[f].end());
        d.sorted[f].shrink_to_fit();
        all.insert(all.end(), d.sorted[f].begin(), d.sorted[f].end());
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (auto const w : all) ++document_counts_[w];
    documents_.emplace(std::string(id), std::move(d));
}

void FieldMatch::erase(std::string_view id) {
    auto const known = documents_.find(id);
    if (known == documents_.end()) return;
    forget(known->second);
    documents_.erase(known);
}

double FieldMatch::weight(std::uint32_t word) const {
    auto const df = static_cast<double>(document_counts_[word]), n = static_cast<double>(documents_.size());
    return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

class PoolReader {
public:
    PoolReader(const FieldMatch& match, std::span<const std::string> query, double known_share, std::span<const PoolItem> pool) : match_(match), pool_(pool), known_share_(known_share), query_words_(query.size()) {
        auto const rare = std::log(1 + static_cast<double>(match.size()) * 2);
        for (auto const& word : query) {
            auto const found = match.words_.find(word);
            // A word that no product has weighs like the rarest: nobody covers it.
            words_.push_back(found == match.words_.end() ? UINT32_MAX : found->second);
            weights_.push_back(found == match.words_.end() ? rare : match.weight(found->second));
        }
        for (auto const w : weights_) all_ += w;
        places(text_places_, [](const PoolItem& i) { return i.text; });
        places(meaning_places_, [](const PoolItem& i) { return i.cosine; });
        vote(text_votes_, text_places_, [](const PoolItem& i) { return i.text > 0; });
        vote(meaning_votes_, meaning_places_, [](const PoolItem& i) { return i.cosine > 0; });
        std::vector<float> prices;
        for (auto const& i : pool) {
            top_text_ = std::max(top_text_, i.text), top_cosine_ = std::max(top_cosine_, i.cosine);
            if (!std::isnan(i.price)) prices.push_back(i.price);
        }
        if (!prices.empty()) std::ranges::nth_element(prices, prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2)), median_ = prices[prices.size() / 2];
    }

    void row(std::size_t i, std::vector<float>& out) const {
        auto const& item = pool_[i];
        auto const found = match_.documents_.find(item.id);
        static FieldMatch::Document const empty;
        auto const& d = found == match_.documents_.end() ? empty : found->second;
        auto const put = [&](double x) { out.push_back(static_cast<float>(x)); };
        put(top_text_ > 0 ? item.text / top_text_ : 0), put(1.0 / (1 + text_places_[i]));
        put(item.cosine), put(1.0 / (1 + meaning_places_[i])), put(top_cosine_ > 0 ? item.cosine / top_cosine_ : 0);
        double anywhere = 0;
        std::array<double, field_count> covered{};
        for (std::size_t w = 0; w < words_.size(); ++w) {
            bool any = false;
            for (std::size_t f = 0; f < field_count; ++f)
                if (words_[w] != UINT32_MAX && holds(d.sorted[f], words_[w])) covered[f] += weights_[w], any = true;
            anywhere += any ? weights_[w] : 0;
        }
        for (auto const c : covered) put(all_ > 0 ? c / all_ : 0);
        put(all_ > 0 ? anywhere / all_ : 0);
        double title = 0, asked = 0;
        int pairs = 0;
        for (std::size_t t = 0; t < d.title.size(); ++t) {
            auto const w = match_.weight(d.title[t]);
            auto const at = std::ranges::find(words_, d.title[t]);
            title += w, asked += at != words_.end() ? w : 0;
            pairs += t + 1 < d.title.size() && at != words_.end() && at + 1 != words_.end() && d.title[t + 1] == *(at + 1);
        }
        put(title > 0 ? asked / title : 0), put(words_.size() > 1 ? static_cast<double>(pairs) / static_cast<double>(words_.size() - 1) : 0);
        auto const last = words_.empty() ? UINT32_MAX : words_.back();
        put(last != UINT32_MAX && holds(d.sorted[0], last)), put(last != UINT32_MAX && holds(d.sorted[1], last));
        put(static_cast<double>(d.title.size())), put(static_cast<double>(query_words_)), put(known_share_);
        auto const share = [&](const std::map<std::int32_t, double>& votes) { auto const v = votes.find(item.category); return item.category < 0 || v == votes.end() ? 0.0 : v->second; };
        put(share(text_votes_)), put(share(meaning_votes_));
        out.push_back(logarithm(item.sales)), out.push_back(item.rating), out.push_back(logarithm(item.reviews));
        out.push_back(std::isnan(item.price) || !(median_ > 0) ? missing : std::log(std::max(1e-3f, item.price / median_)));
    }

private:
    template <class Value> void places(std::vector<std::uint32_t>& out, Value value) const {
        std::vector<std::uint32_t> order(pool_.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::sort(order, [&](auto a, auto b) { return value(pool_[a]) != value(pool_[b]) ? value(pool_[a]) > value(pool_[b]) : pool_[a].id < pool_[b].id; });
        out.resize(pool_.size());
        for (std::uint32_t place = 0; place < order.size(); ++place) out[order[place]] = place;
    }
    // How the first thirty vote, the higher ones more.
    template <class Counts> void vote(std::map<std::int32_t, double>& out, const std::vector<std::uint32_t>& order, Counts counts) const {
        double sum = 0;
        for (std::size_t i = 0; i < pool_.size(); ++i)
            if (order[i] < 30 && pool_[i].category >= 0 && counts(pool_[i])) {
                auto const w = 1 / std::log2(order[i] + 2.0);
                out[pool_[i].category] += w, sum += w;
            }
        for (auto& [category, share] : out) share /= sum;
    }

    const FieldMatch& match_;
    std::span<const PoolItem> pool_;
    double known_share_ = 0, all_ = 0;
    std::size_t query_words_ = 0;
    std::vector<std::uint32_t> words_, text_places_, meaning_places_;
    std::vector<double> weights_;
    std::map<std::int32_t, double> text_votes_, meaning_votes_;
    float top_text_ = 0, top_cosine_ = 0, median_ = missing;
};

std::vector<float> pool_features(const FieldMatch& match, std::span<const std::string> query, double known_share, std::span<const PoolItem> pool) {
    PoolReader const reader(match, query, known_share, pool);
    std::vector<float> out;
    out.reserve(pool.size() * feature_names().size());
    for (std::size_t i = 0; i < pool.size(); ++i) reader.row(i, out);
    return out;
}

}  // namespace kindling::ranking
