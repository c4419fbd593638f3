#include "shop/store/postgres/listener.h"
#include "shop/store/news.h"
#include "shop/store/postgres/connection.h"
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace kindling::shop {

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
        std::vector<std::int64_t> ids;
        for (int i = 0; i < PQntuples(shops->get()); ++i) ids.push_back(PostgresRow(shops->get(), i).integer(0));
        missed_ = false;
        tell_(everything_of(ids));
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
    if (auto const changes = changes_of(payload, process_); !changes.empty()) tell_(changes);
}

}  // namespace kindling::shop
