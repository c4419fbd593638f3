#include "shop/store/postgres/postgres_store.h"

namespace kindling::shop {

PostgresTransaction::~PostgresTransaction() {
    rollback();
    store_.give_back(std::move(connection_));
}

Result<void> PostgresTransaction::check() const {
    if (failure_) return std::unexpected(*failure_);
    if (!open_) return fail(Errc::internal, "internal", "the transaction has ended");
    return {};
}

std::unexpected<Error> PostgresTransaction::failed(Error error) {
    failure_ = error;
    return std::unexpected(std::move(error));
}

Result<void> PostgresTransaction::command(std::string const& sql) {
    TRY(check());
    if (auto done = connection_->simple(sql); !done) return failed(std::move(done).error());
    return {};
}

Result<std::int64_t> PostgresTransaction::run(std::string_view sql, std::span<Value const> values, OnRow const& on_row) {
    TRY(check());
    auto const answer = connection_->run(sql, values);
    if (!answer) return failed(answer.error());
    if (on_row)
        for (int i = 0; i < PQntuples(answer->get()); ++i) TRY(on_row(PostgresRow(answer->get(), i)));
    return rows_changed(answer->get());
}

Result<std::int64_t> PostgresTransaction::run_many(std::string_view sql, std::size_t count, std::function<void(std::size_t, std::vector<Value>&)> const& bind) {
    TRY(check());
    auto const changed = connection_->run_many(sql, count, bind);
    if (!changed) return failed(changed.error());
    return changed;
}

Result<void> PostgresTransaction::commit() {
    TRY(check());
    auto const answer = connection_->simple(store_.notification(*connection_, changes_) + "COMMIT");
    if (!answer) return failed(answer.error());
    open_ = false;
    // A COMMIT of a transaction that failed is answered with success and ROLLBACK.
    if (std::string_view(PQcmdStatus(answer->get())) != "COMMIT") return fail(Errc::internal, "internal", "postgres: the transaction had failed and was rolled back");
    if (!changes_.empty()) store_.tell(changes_);
    changes_.clear();
    return {};
}

void PostgresTransaction::rollback() {
    if (!open_) return;
    (void)connection_->simple("ROLLBACK");
    open_ = false;
    changes_.clear();
}

Result<void> PostgresTransaction::rollback_to_savepoint() {
    if (!open_) return check();
    auto const done = connection_->simple("ROLLBACK TO kindling; RELEASE kindling");
    if (!done) return failed(done.error());
    failure_.reset();
    return {};
}

}  // namespace kindling::shop
