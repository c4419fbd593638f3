// modules/selection/file.cpp -- a shop's learned models in one file, so that a restart shows them at once.
//
//   KINDLING-SELECTION-3 \n  length of the header in decimal \n  header as JSON  visits  purchases
//
// Whose a history is stands here only as a hash. The two models check themselves (engines/learning/recommend/file.cpp); a file that does not fit is learned anew.
#include "core/json_text.h"
#include "modules/selection/learned.h"
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>
#include <fstream>

namespace kindling::selection {

namespace {

constexpr std::string_view magic = "KINDLING-SELECTION-3\n";

struct Saved {
    std::vector<std::string> products;
    std::vector<std::int64_t> visitors, visitor_histories, customers, customer_histories;  // hashes, and the numbers of their histories
    std::int64_t trained_at_ms = 0, visits_seq = 0, purchases_seq = 0, visits_bytes = 0, purchases_bytes = 0;
    ModelReport visits, purchases;
    static constexpr Field fields[] = {field("products"), field("visitors"), field("visitor_histories"), field("customers"), field("customer_histories"), field("trained_at_ms"), field("visits_seq"), field("purchases_seq"), field("visits_bytes"), field("purchases_bytes"), field("visits"), field("purchases")};
};
BOOST_DESCRIBE_STRUCT(Saved, (), (products, visitors, visitor_histories, customers, customer_histories, trained_at_ms, visits_seq, purchases_seq, visits_bytes, purchases_bytes, visits, purchases))

std::unexpected<Error> invalid(std::string_view why) { return fail(Errc::invalid_argument, "model_invalid", fmt::format("The file of learned models does not fit: {}.", why)); }

}  // namespace

Result<void> save(Learned const& learned, std::filesystem::path const& path) {
    auto const bytes = [](Part const& part) { return part.model ? part.model->write() : std::string(); };
    auto const visits = bytes(learned.visits), purchases = bytes(learned.purchases);
    Saved saved{.products = learned.shelf.ids, .trained_at_ms = learned.trained_at, .visits_seq = learned.visits.last_seq, .purchases_seq = learned.purchases.last_seq, .visits_bytes = static_cast<std::int64_t>(visits.size()), .purchases_bytes = static_cast<std::int64_t>(purchases.size()), .visits = learned.visits.report, .purchases = learned.purchases.report};
    for (auto const& [who, number] : learned.visits.numbers) saved.visitors.push_back(static_cast<std::int64_t>(who)), saved.visitor_histories.push_back(number);
    for (auto const& [who, number] : learned.purchases.numbers) saved.customers.push_back(static_cast<std::int64_t>(who)), saved.customer_histories.push_back(number);
    auto const header = to_text(write_json(saved));
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    auto const unfinished = path.string() + ".new";
    {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << magic << header.size() << '\n' << header << visits << purchases;
        if (!out.flush()) return fail(Errc::unavailable, "model_not_written", "The learned models could not be kept; they are learned again at the next start.");
    }
    std::filesystem::rename(unfinished, path, failed);
    if (failed) return fail(Errc::unavailable, "model_not_written", "The learned models could not be kept; they are learned again at the next start.");
    return {};
}

Result<Learned> load(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Errc::not_found, "model_not_found", "Nothing was learned yet.");
    std::string const text((std::istreambuf_iterator<char>(in)), {});
    std::string_view rest = text;
    if (!rest.starts_with(magic)) return invalid("it begins otherwise");
    rest.remove_prefix(magic.size());
    std::size_t length = 0;
    auto const [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
    if (wrong != std::errc() || end == rest.data() + rest.size() || *end != '\n') return invalid("it has no header");
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    if (length > rest.size()) return invalid("it is cut off");
    auto const saved = TRY(read_json<Saved>(TRY(parse_json(rest.substr(0, length)))));
    rest.remove_prefix(length);
    if (saved.visits_bytes < 0 || saved.purchases_bytes < 0 || static_cast<std::uint64_t>(saved.visits_bytes) + static_cast<std::uint64_t>(saved.purchases_bytes) != rest.size()) return invalid("its parts do not add up");
    Learned learned;
    for (auto const& id : saved.products) learned.shelf.number(id);
    if (learned.shelf.ids.size() != saved.products.size()) return invalid("a product stands in it twice");
    learned.trained_at = saved.trained_at_ms;
    auto const take = [&](Part& part, std::string_view bytes, ModelReport const& report, std::int64_t seq, std::span<std::int64_t const> who, std::span<std::int64_t const> histories) -> Result<void> {
        part.report = report, part.last_seq = seq;
        if (!bytes.empty()) part.model = TRY(recommend::Model::read(bytes));
        if (who.size() != histories.size()) return invalid("its parts do not add up");
        for (std::size_t i = 0; i < who.size(); ++i) {
            if (histories[i] < 0 || !part.model || static_cast<std::uint64_t>(histories[i]) >= part.model->tables().histories()) return invalid("somebody has no history");
            part.numbers.emplace(static_cast<Person>(who[i]), static_cast<std::uint32_t>(histories[i]));
        }
        return {};
    };
    TRY(take(learned.visits, rest.substr(0, static_cast<std::size_t>(saved.visits_bytes)), saved.visits, saved.visits_seq, saved.visitors, saved.visitor_histories));
    TRY(take(learned.purchases, rest.substr(static_cast<std::size_t>(saved.visits_bytes)), saved.purchases, saved.purchases_seq, saved.customers, saved.customer_histories));
    return learned;
}

}  // namespace kindling::selection
