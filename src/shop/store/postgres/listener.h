// shop/store/postgres/listener.h -- hears what other processes changed: LISTEN on a connection and a thread of its own.
//
// Notifications are news (store/news.h); they are lost while the connection is down, so after a reconnect every kind is told as changed.
#pragma once
#include "shop/store/store.h"
#include <thread>

namespace kindling::shop {

class PostgresListener {
public:
    using Tell = std::function<void(std::span<Change const>)>;
    PostgresListener(StoreOptions options, std::string process, Tell tell);
    ~PostgresListener();

private:
    enum class Ended { asked_to, lost };
    void live();
    Ended hear();                                  // one connection's life
    bool pause(std::int64_t milliseconds) const;   // true: time to end
    void told(std::string_view payload) const;

    StoreOptions options_;
    std::string process_;
    Tell tell_;
    int stop_;  // an eventfd: readable when the thread shall end
    bool missed_ = false;
    std::thread thread_;
};

}  // namespace kindling::shop
