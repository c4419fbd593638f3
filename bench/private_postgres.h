// bench/private_postgres.h -- a PostgreSQL 15 of our own on a free port, to be killed and started again.
#pragma once
#include <memory>
#include <string>

#include "shop_server.h"

namespace kindling::bench {

class PrivatePostgres {
public:
    // Nothing when PostgreSQL 15 is not installed.
    static std::unique_ptr<PrivatePostgres> make();
    ~PrivatePostgres();
    std::string const& address() const { return address_; }
    void kill_server();         // kill -9 of the postmaster; its children end by themselves
    void kill_one_connection();  // kill -9 of one of kindling's server processes: PostgreSQL then recovers as after a crash
    void start();               // waits until it answers

private:
    PrivatePostgres() = default;
    std::string shell(std::string const& command) const;  // as a user that PostgreSQL accepts
    ScratchFolder folder_;
    int port_ = 0;
    std::string address_;
};

}  // namespace kindling::bench
