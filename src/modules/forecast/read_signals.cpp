// What visitors did, out of events and the guide's answers, counted by category and day (signals.h).
#include "core/by_text.h"
#include "core/json_text.h"
#include "modules/forecast/requests.h"
#include "modules/forecast/signals.h"
#include "shop/people/time_zones.h"
#include <boost/json.hpp>

namespace kindling::forecast {

namespace {

class SignalReader {
public:
    SignalReader(shop::Transaction& tx, History const& h) : tx_(tx), h_(h), from_(start_of(std::max<Day>(h.first, h.end - 183))), until_(start_of(h.end + 1)) {}

    Result<std::optional<SignalLog>> read() {
        out_.first = static_cast<std::int32_t>(h_.days());
        for (auto& s : out_.counts) s.assign(h_.categories.size(), std::vector<float>(h_.days()));
        days_ = TRY(shop::WallClock::of(tx_));
        auto requests = TRY(Requests::create(h_.categories.size()));
        TRY(read_goods(requests));
        TRY(read_events(requests));
        count_requests(requests.parts());
        TRY(read_answers());
        ++out_.first;  // the first day may be half a day
        if (out_.first + 42 > static_cast<std::int32_t>(h_.days())) return std::optional<SignalLog>();
        return std::optional(std::move(out_));
    }

private:
    struct Asked { std::uint32_t words; std::int32_t day; bool searched, talked; };

    Result<void> read_goods(Requests& requests) {
        ByText<std::uint32_t> number;
        for (std::size_t c = 0; c < h_.categories.size(); ++c) number.emplace(h_.categories[c].category_id, static_cast<std::uint32_t>(c));
        shop::Value const shop_value[] = {tx_.shop_id()};
        TRY(tx_.run("SELECT category_id, name_en, name_zh FROM categories WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> {
            if (auto const c = number.find(row.text(0)); c != number.end()) requests.names(row.text(1), c->second), requests.names(row.text(2), c->second);
            return {};
        }));
        TRY(tx_.run("SELECT product_id, category_id, title_en, title_zh FROM products WHERE shop_id = ?", shop_value, [&](shop::Row const& row) -> Result<void> {
            auto const c = number.find(row.text(1));
            if (c == number.end()) return {};
            category_of_.emplace(row.text(0), c->second), requests.names(row.text(2), c->second), requests.names(row.text(3), c->second);
            return {};
        }));
        return {};
    }

    std::optional<std::int32_t> day_of(Milliseconds at) {
        auto const t = days_->day(at) - h_.first;
        return t < 0 || t >= static_cast<Day>(h_.days()) ? std::optional<std::int32_t>() : static_cast<std::int32_t>(t);
    }
    void add(Signal signal, std::uint32_t category, std::int32_t day, float units) { out_.counts[static_cast<std::size_t>(signal)][category][static_cast<std::size_t>(day)] += units; }

    Result<void> read_events(Requests& requests) {
        shop::Value const span[] = {tx_.shop_id(), from_, until_};
        TRY(tx_.run("SELECT kind, product_id, at_ms, channel, query, position FROM events WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND kind IN ('view', 'cart', 'click', 'impression', 'search', 'dialogue')", span, [&](shop::Row const& row) -> Result<void> {
            auto const kind = row.text(0), query = row.text(4);
            auto const day = day_of(row.integer(2));
            if (!day) return {};
            if (kind == "search" || kind == "dialogue") {
                if (query.empty()) return {};
                bool const guide = row.text(3) == "guide";  // a wish of a talk, beside the turn that it came in
                asked_.push_back({requests.number(query), *day, guide || kind == "search", guide || kind == "dialogue"}), out_.first = std::min(out_.first, *day);
                return {};
            }
            auto const category = category_of_.find(row.text(1));
            if (category == category_of_.end()) return {};
            if (!query.empty() && (kind == "impression" || kind == "click")) requests.answered(requests.number(query), category->second, kind == "click" ? 1 : rank_weight(row.is_null(5) ? 10 : row.integer(5)));
            if (kind == "impression") return {};
            add(kind == "view" ? Signal::views : kind == "cart" ? Signal::baskets : Signal::opened, category->second, *day, 1), out_.first = std::min(out_.first, *day);
            return {};
        }));
        return {};
    }

    // A turn of the guide leaves up to three traces: the turn, the wish that was looked for, and the goods of the answer. None counts on top of another: of a category's day the most telling one does.
    void guide_saw(std::vector<std::vector<float>> const& counts) {
        auto& guide = out_.counts[static_cast<std::size_t>(Signal::guide)];
        for (std::size_t c = 0; c < guide.size(); ++c) for (std::size_t t = 0; t < guide[c].size(); ++t) guide[c][t] = std::max(guide[c][t], counts[c][t]);
    }

    void count_requests(std::vector<Requests::Parts> const& parts) {
        std::vector<std::vector<float>> const none(h_.categories.size(), std::vector<float>(h_.days()));
        auto turns = none, wishes = none;
        for (auto const& asked : asked_)
            for (auto const& [c, part] : parts[asked.words]) {
                if (asked.talked) (asked.searched ? wishes : turns)[c][static_cast<std::size_t>(asked.day)] += part;
                else add(Signal::searches, c, asked.day, part);
            }
        guide_saw(turns), guide_saw(wishes);
    }

    // Cards stand beside the sealed words of a talk; the words stay sealed.
    Result<void> read_answers() {
        std::vector<std::vector<float>> answers(h_.categories.size(), std::vector<float>(h_.days()));
        shop::Value const span[] = {tx_.shop_id(), from_, until_};
        TRY(tx_.run("SELECT at_ms, data FROM messages WHERE shop_id = ? AND at_ms >= ? AND at_ms < ? AND role = 'guide' AND data LIKE '%\"products\"%'", span, [&](shop::Row const& row) -> Result<void> {
            auto const day = day_of(row.integer(0));
            auto const data = parse_json(row.text(1));
            if (!day || !data || !data->is_object()) return {};
            auto const* const products = data->as_object().if_contains("products");
            if (!products || !products->is_array()) return {};
            std::map<std::uint32_t, double> over;
            double all = 0;
            std::int64_t rank = 0;
            for (auto const& p : products->as_array()) {
                auto const* const id = p.is_object() ? p.as_object().if_contains("id") : nullptr;
                ++rank;
                if (!id || !id->is_string()) continue;
                if (auto const c = category_of_.find(std::string_view(id->as_string())); c != category_of_.end()) over[c->second] += rank_weight(rank), all += rank_weight(rank);
            }
            for (auto const& [c, v] : over) answers[c][static_cast<std::size_t>(*day)] += static_cast<float>(v / all);
            return {};
        }));
        guide_saw(answers);
        return {};
    }

    shop::Transaction& tx_;
    History const& h_;
    Milliseconds from_, until_;
    std::optional<shop::WallClock> days_;
    ByText<std::uint32_t> category_of_;
    std::vector<Asked> asked_;
    SignalLog out_;
};

}  // namespace

Result<std::optional<SignalLog>> read_signals(shop::Transaction& tx, History const& h) { return SignalReader(tx, h).read(); }

}  // namespace kindling::forecast
