#include "shop/store/postgres/listener.h"
#include "core/json_text.h"
#include "shop/store/postgres/connection.h"
#include <boost/json.hpp>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace kindling::shop {

namespace {

constexpr std::string_view every_kind[] = {"category", "conversation", "customer", "decision", "event", "forgotten", "job", "key", "ledger", "order", "product", "purchase_order", "return", "review", "session", "setting", "stock"};

}  // namespace

PostgresListener::PostgresListener(StoreOptions options, std::string process, Tell tell)
    : options_(std::move(options)), process_(std::move(process)), tell_(std::move(tell)), stop_(::eventfd(0, EFD_CLOEXEC)), thread_([this] { live(); }) {}

PostgresListener::~PostgresListener() {
    std::uint64_t const one = 1;
    if (::write(stop_, &one, sizeof one) != sizeof one) std::abort();  // an eventfd takes eight bytes, always
    thread_.join();
    ::close(stop_);
}

void PostgresListener::live() {
    std::int64_t wait = 50;
    while (hear() == Ended::lost) {
        missed_ = true;
        if (pause(wait)) return;
        wait = std::min<std::int64_t>(wait * 2, 5000);
    }
}

bool PostgresListener::pause(std::int64_t milliseconds) const {
    pollfd p{stop_, POLLIN, 0};
    return ::poll(&p, 1, static_cast<int>(milliseconds)) > 0;
}

PostgresListener::Ended PostgresListener::hear() {
    auto const connection = PostgresConnection::open(options_);
    if (!connection || !(*connection)->simple("LISTEN kindling_changes")) return Ended::lost;
    auto* const c = (*connection)->handle();
    if (missed_) {
        auto const shops = (*connection)->simple("SELECT shop_id FROM shops");
        if (!shops) return Ended::lost;
        std::vector<Change> all;
        for (int i = 0; i < PQntuples(shops->get()); ++i)
            for (auto const kind : every_kind) all.push_back({PostgresRow(shops->get(), i).integer(0), std::string(kind), ""});
        missed_ = false;
        tell_(all);
    }
    for (;;) {
        while (auto* const n = PQnotifies(c)) {
            told(n->extra ? n->extra : "");
            PQfreemem(n);
        }
        pollfd both[] = {{PQsocket(c), POLLIN, 0}, {stop_, POLLIN, 0}};
        if (::poll(both, 2, -1) < 0) continue;  // a signal
        if (both[1].revents) return Ended::asked_to;
        if (!PQconsumeInput(c)) return Ended::lost;
    }
}

void PostgresListener::told(std::string_view payload) const {
    auto const parsed = parse_json(payload);
    auto const* const whole = parsed ? parsed->if_array() : nullptr;
    if (!whole || whole->size() != 2 || !(*whole)[0].is_string() || !(*whole)[1].is_array()) return;  // somebody else's word on our channel
    if ((*whole)[0].get_string() == process_) return;
    std::vector<Change> changes;
    for (auto const& entry : (*whole)[1].get_array())
        if (auto const* e = entry.if_array(); e && e->size() == 3 && (*e)[0].is_int64() && (*e)[1].is_string() && (*e)[2].is_string())
            changes.push_back({(*e)[0].get_int64(), std::string((*e)[1].get_string()), std::string((*e)[2].get_string())});
    tell_(changes);
}

}  // namespace kindling::shop
