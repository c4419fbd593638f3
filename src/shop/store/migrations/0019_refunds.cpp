// Money that goes back: what is due for a return or a cancelled order, who settled it and when; how much of an order came back; who decided a request.
#include "shop/store/migrations/migrations.h"

namespace kindling::shop::schema {

extern std::string_view const refunds = R"sql(
CREATE TABLE refunds (shop_id BIGINT NOT NULL, refund_id TEXT NOT NULL, order_id TEXT NOT NULL, payment_id TEXT NOT NULL DEFAULT '', provider TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL, return_id TEXT NOT NULL DEFAULT '', amount_minor BIGINT NOT NULL, currency TEXT NOT NULL, state TEXT NOT NULL,
  booked_by TEXT NOT NULL DEFAULT '', booked_at_ms BIGINT NOT NULL, settled_by TEXT NOT NULL DEFAULT '', settled_at_ms BIGINT, reference TEXT NOT NULL DEFAULT '', tries BIGINT NOT NULL DEFAULT 0, next_at_ms BIGINT NOT NULL DEFAULT 0, trouble TEXT NOT NULL DEFAULT '', PRIMARY KEY (shop_id, refund_id));
CREATE INDEX refunds_by_order ON refunds (shop_id, order_id);
CREATE INDEX refunds_by_state ON refunds (shop_id, state, next_at_ms);
ALTER TABLE orders ADD COLUMN came_back TEXT NOT NULL DEFAULT '';
ALTER TABLE return_requests ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
UPDATE orders SET came_back = CASE WHEN
  (SELECT SUM(r.quantity) FROM returns r WHERE r.shop_id = orders.shop_id AND r.order_id = orders.order_id AND r.note NOT IN (SELECT q.request_id FROM return_requests q WHERE q.shop_id = orders.shop_id AND q.order_id = orders.order_id AND q.kind = 'exchange'))
  >= (SELECT SUM(l.quantity) FROM order_lines l WHERE l.shop_id = orders.shop_id AND l.order_id = orders.order_id) THEN 'all' ELSE 'partly' END
  WHERE EXISTS (SELECT 1 FROM returns r WHERE r.shop_id = orders.shop_id AND r.order_id = orders.order_id AND r.note NOT IN (SELECT q.request_id FROM return_requests q WHERE q.shop_id = orders.shop_id AND q.order_id = orders.order_id AND q.kind = 'exchange'));
INSERT INTO refunds (shop_id, refund_id, order_id, payment_id, provider, cause, amount_minor, currency, state, booked_at_ms)
  SELECT shop_id, 'rfd_' || payment_id, order_id, payment_id, provider, 'cancelled', amount_minor, currency, 'due', at_ms FROM payments WHERE status = 'refund_due';
)sql";

}  // namespace kindling::shop::schema
