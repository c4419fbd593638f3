// The parts of the store that no database decides: addresses, rows into structs, counters, listeners.
#include "shop/store/store.h"
#include <fmt/format.h>

namespace kindling::shop {

namespace {

// A column read into a member. Optionals stay empty on null; a null in a plain member keeps the member's initial value.
void read_column(Row const& row, int column, Type const& type, void* member) {
    if (row.is_null(column)) return;
    switch (type.kind) {
    case Kind::boolean: *static_cast<bool*>(member) = row.integer(column) != 0; return;
    case Kind::integer: *static_cast<std::int64_t*>(member) = row.integer(column); return;
    case Kind::number: *static_cast<double*>(member) = row.number(column); return;
    case Kind::string: static_cast<std::string*>(member)->assign(row.text(column)); return;
    case Kind::enumeration: {
        auto const text = row.text(column);
        for (std::size_t i = 0; i < type.names.size(); ++i)
            if (type.names[i] == text) std::memcpy(member, &type.values[i], sizeof(int));
        return;
    }
    case Kind::optional: return read_column(row, column, type.element(), type.append(member));
    case Kind::list: case Kind::object: case Kind::any: return;
    }
}

}  // namespace

Result<void> Transaction::select_rows(std::string_view sql, std::span<Value const> values, Type const& type, std::function<void*()> const& append) {
    std::vector<Type::Member const*> members;
    TRY(run(sql, values, [&](Row const& row) -> Result<void> {
        if (members.empty()) {
            for (int c = 0; c < row.columns(); ++c) {
                auto const name = row.column_name(c);
                auto const m = std::ranges::find_if(type.members, [&](auto const& m) { return m.field->name == name; });
                if (m == type.members.end()) return fail(Errc::internal, "internal", fmt::format("column {} has no member in {}", name, type.name));
                members.push_back(&*m);
            }
        }
        auto* object = static_cast<char*>(append());
        for (int c = 0; c < row.columns(); ++c) read_column(row, c, members[static_cast<std::size_t>(c)]->type(), object + members[static_cast<std::size_t>(c)]->offset);
        return {};
    }));
    return {};
}

Result<std::int64_t> Transaction::next_sequence(std::string_view counter, std::int64_t count) {
    auto const last = TRY(integer("INSERT INTO counters (shop_id, name, value) VALUES (?, ?, ?) "
                                  "ON CONFLICT (shop_id, name) DO UPDATE SET value = counters.value + excluded.value RETURNING value",
                                  shop_id_, counter, count));
    return last - count + 1;
}

Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
    auto const& a = options.address;
    if (a.starts_with("postgres://") || a.starts_with("postgresql://")) return detail::open_postgres(std::move(options));
    auto path = a.starts_with("sqlite://") ? a.substr(9) : a;
    if (path.empty()) return fail(Errc::invalid_argument, "store_unavailable", "The store's address is empty; give a file or postgres://user@host/name.");
    return detail::open_sqlite(std::move(options), std::move(path));
}

std::size_t Store::listen(Listener listener) {
    auto ear = std::make_shared<Ear>();
    ear->listener = std::move(listener);
    std::lock_guard lock(listeners_mutex_);
    listeners_.emplace(next_listener_, std::move(ear));
    return next_listener_++;
}

void Store::forget(std::size_t listener) {
    std::shared_ptr<Ear> ear;
    {
        std::lock_guard lock(listeners_mutex_);
        auto const i = listeners_.find(listener);
        if (i == listeners_.end()) return;
        ear = std::move(i->second);
        listeners_.erase(i);
    }
    std::lock_guard const ended(ear->running);
    ear->listener = nullptr;
}

void Store::tell(std::span<Change const> changes) {
    if (changes.empty()) return;
    std::vector<std::shared_ptr<Ear>> now;
    {
        std::lock_guard lock(listeners_mutex_);
        for (auto const& [id, ear] : listeners_) now.push_back(ear);
    }
    for (auto const& ear : now) {
        std::shared_lock const running(ear->running);
        if (ear->listener) ear->listener(changes);
    }
}

}  // namespace kindling::shop
