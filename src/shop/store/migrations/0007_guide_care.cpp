// What the guide keeps beyond a talk: requests to take goods back, what shoppers wait for, what they asked to be remembered (sealed), how each
// answer came about (sealed), talks kept as a measure for newer models, and what was learned of this shop's questions.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const guide_care = R"sql(
CREATE TABLE return_requests (shop_id BIGINT NOT NULL, request_id TEXT NOT NULL, order_id TEXT NOT NULL, line BIGINT NOT NULL, quantity BIGINT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', note_sealed BYTEA, wanted_sku TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'requested', answer TEXT NOT NULL DEFAULT '', conversation_id TEXT NOT NULL DEFAULT '', created_at_ms BIGINT NOT NULL, decided_at_ms BIGINT, PRIMARY KEY (shop_id, request_id));
CREATE INDEX return_requests_by_order ON return_requests (shop_id, order_id);
CREATE INDEX return_requests_by_time ON return_requests (shop_id, created_at_ms);
CREATE TABLE guide_watches (shop_id BIGINT NOT NULL, watch_id TEXT NOT NULL, customer_id TEXT NOT NULL DEFAULT '', conversation_id TEXT NOT NULL DEFAULT '', sku TEXT NOT NULL, kind TEXT NOT NULL, target_minor BIGINT NOT NULL DEFAULT 0, status TEXT NOT NULL DEFAULT 'waiting', created_at_ms BIGINT NOT NULL, told_at_ms BIGINT, PRIMARY KEY (shop_id, watch_id));
CREATE INDEX guide_watches_by_customer ON guide_watches (shop_id, customer_id);
CREATE INDEX guide_watches_by_conversation ON guide_watches (shop_id, conversation_id);
CREATE TABLE guide_memory (shop_id BIGINT NOT NULL, customer_id TEXT NOT NULL, wishes_sealed BYTEA NOT NULL, updated_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, customer_id));
CREATE TABLE guide_turns (shop_id BIGINT NOT NULL, conversation_id TEXT NOT NULL, turn BIGINT NOT NULL, at_ms BIGINT NOT NULL, topic TEXT NOT NULL DEFAULT '', locale TEXT NOT NULL DEFAULT '', candidates BIGINT NOT NULL DEFAULT 0, shown BIGINT NOT NULL DEFAULT 0, relaxed BIGINT NOT NULL DEFAULT 0, asked BIGINT NOT NULL DEFAULT 0, withheld BIGINT NOT NULL DEFAULT 0, needs_person BIGINT NOT NULL DEFAULT 0, added BIGINT NOT NULL DEFAULT 0, microseconds BIGINT NOT NULL DEFAULT 0, basket_id TEXT NOT NULL DEFAULT '', trace_sealed BYTEA, PRIMARY KEY (shop_id, conversation_id, turn));
CREATE INDEX guide_turns_by_time ON guide_turns (shop_id, at_ms);
CREATE TABLE guide_cases (shop_id BIGINT NOT NULL, case_id TEXT NOT NULL, name TEXT NOT NULL, turns_sealed BYTEA NOT NULL, created_at_ms BIGINT NOT NULL, created_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, case_id));
CREATE TABLE guide_models (shop_id BIGINT NOT NULL, version BIGINT NOT NULL, content TEXT NOT NULL, cases BIGINT NOT NULL DEFAULT 0, kept BIGINT NOT NULL DEFAULT 0, in_use BIGINT NOT NULL DEFAULT 0, created_at_ms BIGINT NOT NULL, PRIMARY KEY (shop_id, version));
)sql";

}  // namespace kindling::shop::schema
