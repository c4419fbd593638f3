// Generated from the operation registry; do not edit.
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** One wrong field of a request. */
export interface FieldFailure {
  /** JSON Pointer (RFC 6901) into the request. */
  path: string;
  /** Stable identifier: branch on it or translate it. */
  reason: string;
  /** For a person, in the language of the request. */
  message: string;
}

/** The body of every answer whose status is 400 or above. */
export interface Failure {
  error: {
    code: ErrorCode;
    reason: string;
    message: string;
    fields: FieldFailure[];
  };
  request_id: string;
}

/** The answer (202) to a long operation that was asked for with `Prefer: respond-async`. */
export interface Accepted {
  job_id: string;
}

export type Effect = "read" | "propose" | "act";

export type ErrorCode = "invalid_argument" | "permission_denied" | "not_found" | "conflict" | "failed_precondition" | "unavailable" | "internal";

export interface Order {
  /** Order number. */
  order_id: string;
  /** Customer, if known. */
  customer_id: string;
  /** When, milliseconds since 1970 UTC. */
  placed_at_ms: number;
  /** State. */
  status: OrderStatus;
  /** ISO 4217 code; empty: the shop's. */
  currency: string;
  /** Sum of lines before order discounts. */
  subtotal_minor: number;
  /** Taken off the order. */
  discount_minor: number;
  /** Shipping. */
  shipping_minor: number;
  /** Paid or to pay. */
  total_minor: number;
  /** Where it was placed. */
  channel: string;
  /** Country it goes to. */
  country: string;
  /** Carrier and number. */
  tracking: string;
  /** Promised delivery, days since 1970. */
  promised_day?: number;
  /** When it left. */
  shipped_at_ms?: number;
  /** When it arrived. */
  delivered_at_ms?: number;
  /** What was bought. */
  lines: OrderLine[];
  /** Receiver; shown to those who may read customers. */
  contact?: Contact;
}

export type OrderStatus = "placed" | "paid" | "shipped" | "delivered" | "cancelled" | "returned" | "partly_returned";

export interface OrderLine {
  /** SKU. */
  sku: string;
  /** Product it belonged to. */
  product_id: string;
  /** Title at the time. */
  title: string;
  /** Units; negative on a credit note (an order recorded as returned). @minimum -1e+07 @maximum 1e+07 */
  quantity: number;
  /** Price of one unit then, minor units. @minimum 0 @maximum 1e+15 */
  unit_price_minor: number;
  /** Taken off this line. @minimum 0 @maximum 1e+15 */
  discount_minor: number;
  /** Colour, size …: what the catalogue calls the SKU now, in English; told, never recorded. */
  variant_en: string;
  /** The same in Chinese. */
  variant_zh: string;
}

export interface Contact {
  /** Who receives it. */
  name: string;
  /** E-mail for messages about the order. */
  email: string;
  /** Phone for the carrier. */
  phone: string;
  /** Street and number. */
  address: string;
  /** City. */
  city: string;
  /** Province or state. */
  region: string;
  /** Postcode. */
  postcode: string;
  /** ISO 3166 code. */
  country: string;
}

export interface AttachOrderInput {
  /** Order number. */
  order_id: string;
  /** The code its buyer got, or the whole e-mail or phone it was placed with. */
  proof: string;
}

export interface AccountSession {
  /** Send it as Authorization: Bearer; shown only now. */
  session_token: string;
  /** What forms of this session must bring. */
  csrf: string;
  /** The customer who signed in. */
  customer_id: string;
  /** When the session ends by itself. */
  expires_at_ms: number;
}

export interface ChangePasswordInput {
  /** Password until now. */
  password: string;
  /** At least 10 characters. */
  new_password: string;
}

export interface Forgotten {
  /** Orders that stay without any personal field. */
  orders_kept: number;
  /** Messages whose text was removed. */
  messages_removed: number;
  /** Reviews that lost their author. */
  reviews_removed_name: number;
}

export interface CloseAccountInput {
  /** Password, to be sure. */
  password: string;
}

export interface ResetCode {
  /** Customer. */
  customer_id: string;
  /** One-time code to tell the customer; shown only now. */
  code: string;
  /** Until when it works. */
  expires_at_ms: number;
}

export interface WhichAccountInput {
  /** The customer; left out when the login is given. @default "" */
  customer_id?: string;
  /** E-mail or phone number they sign in with. @default "" */
  login?: string;
}

export interface PersonExport {
  /** Customer. */
  customer_id: string;
  /** Everything the shop keeps about this person. */
  data: JsonValue;
}

export type Nothing = { [key in string]: never };

export interface Account {
  /** Customer. */
  customer_id: string;
  /** email or phone. */
  login_kind: string;
  /** What they sign in with. */
  login: string;
  /** Name. */
  name: string;
  /** E-mail for contact. */
  email: string;
  /** Phone for contact. */
  phone: string;
  /** Language: zh or en. */
  locale: string;
  /** When the account was opened. */
  created_at_ms: number;
  /** When the password was last set. */
  password_changed_at_ms: number;
  /** Devices signed in now. */
  sessions: number;
  /** Addresses, the preferred one first. */
  addresses: Address[];
  /** What the person agreed to. */
  consents: Consent[];
}

export interface Address {
  /** Address; empty: a new one. */
  address_id: string;
  /** Who receives and where; sealed at rest. */
  contact: Contact;
  /** Filled in at the checkout. */
  preferred: boolean;
}

export interface Consent {
  /** email_marketing, sms_marketing, phone_marketing, personalisation or memory. */
  purpose: string;
  /** Whether the person agrees. */
  granted: boolean;
  /** When they said so. */
  at_ms?: number;
  /** Where they said so. */
  source: string;
}

export interface GetAccountInput {
  /** Whose; a shopper leaves it empty for their own. @default "" */
  customer_id?: string;
}

export interface RemoveAddressInput {
  /** Which address. */
  address_id: string;
}

export interface ResetPasswordInput {
  /** E-mail or phone number of the account. */
  login: string;
  /** One-time code from the shop. */
  code: string;
  /** At least 10 characters. */
  new_password: string;
}

export interface AddressInput {
  /** Address; empty: a new one. @default "" */
  address_id?: string;
  /** Who receives and where; sealed at rest. */
  contact: ContactInput;
  /** Filled in at the checkout. @default false */
  preferred?: boolean;
}

export interface ContactInput {
  /** Who receives it. @default "" */
  name?: string;
  /** E-mail for messages about the order. @default "" */
  email?: string;
  /** Phone for the carrier. @default "" */
  phone?: string;
  /** Street and number. @default "" */
  address?: string;
  /** City. @default "" */
  city?: string;
  /** Province or state. @default "" */
  region?: string;
  /** Postcode. @default "" */
  postcode?: string;
  /** ISO 3166 code. @default "" */
  country?: string;
}

export interface AccountSignInInput {
  /** E-mail or phone number of the account. */
  login: string;
  /** Password. */
  password: string;
}

export interface AccountSignOutInput {
  /** The session to end. */
  session_token: string;
  /** End all sessions of its customer. @default false */
  everywhere?: boolean;
}

export interface SignUpInput {
  /** E-mail or phone number to sign in with. */
  login: string;
  /** At least 10 characters. */
  password: string;
  /** Name. @default "" */
  name?: string;
  /** Language: zh or en. @default "" */
  locale?: string;
}

export interface UpdateAccountInput {
  /** New name. */
  name?: string;
  /** New e-mail for contact; the login stays. */
  email?: string;
  /** New phone for contact; the login stays. */
  phone?: string;
  /** Language: zh or en. */
  locale?: string;
}

export interface DeliveryList {
  /** The latest 200, newest first. */
  deliveries: Delivery[];
}

export interface Delivery {
  /** Message. */
  delivery_id: string;
  /** Who is told. */
  agent: string;
  /** Order. */
  order_id: string;
  /** What happened: created, paid, shipped, delivered, cancelled or returned. */
  event: string;
  /** due, delivered or failed. */
  status: string;
  /** Why the last try failed. */
  note: string;
  /** Tries so far. */
  attempts: number;
  /** When it happened. */
  at_ms: number;
  /** Next try, while due. */
  next_at_ms: number;
}

export interface AgentList {
  /** Registered agents, by name. */
  agents: Agent[];
}

export interface Agent {
  /** Agent. */
  agent_id: string;
  /** Name shown to shoppers and staff. */
  name: string;
  /** Address of its UCP profile; empty: it comes with a key alone. */
  profile_url: string;
  /** Its profile, pinned; absent: fetched from the address when needed. */
  profile?: JsonValue;
  /** API key that it comes with. */
  key_id: string;
  /** open or blocked. */
  standing: Standing;
  /** Its signed AP2 mandates count as the shopper's approval of a payment. */
  accepts_mandates: boolean;
  /** Most calls a minute; 0: the usual limit. */
  calls_per_minute: number;
  /** Where its orders are told; empty: where its profile says. */
  webhook_url: string;
  /** A secret for signing order messages (ACP) is kept. */
  has_webhook_secret: boolean;
  /** Since. */
  created_at_ms: number;
}

export type Standing = "open" | "blocked";

export interface AgentNameInput {
  /** Which agent. */
  agent_id: string;
}

export interface AgentName {
  /** Which agent. */
  agent_id: string;
}

export interface SaveAgentInput {
  /** Which agent; empty: a new one. @default "" */
  agent_id?: string;
  /** Name shown to shoppers and staff. */
  name: string;
  /** Address of its UCP profile: https, or http on this machine; empty: it comes with a key alone. @default "" */
  profile_url?: string;
  /** Its profile, to be believed as given; left out: fetched from the address. */
  profile?: JsonValue;
  /** API key that it comes with (keys.create, role agent). @default "" */
  key_id?: string;
  /** open or blocked. @default "open" */
  standing?: Standing;
  /** Whether its signed AP2 mandates count as the shopper's approval of a payment: only for platforms that you trust to have asked. @default false */
  accepts_mandates?: boolean;
  /** Most calls a minute; 0: the usual limit. @minimum 0 @maximum 1e+06 @default 0 */
  calls_per_minute?: number;
  /** Where its orders are told: https, or http on this machine. @default "" */
  webhook_url?: string;
  /** Secret for signing order messages (ACP); left out: as it was. */
  webhook_secret?: string;
}

export interface TrafficList {
  /** Agents, most calls first. */
  agents: AgentTraffic[];
  /** ISO 4217 code. */
  currency: string;
}

export interface AgentTraffic {
  /** agent_id of a registered one, or the address of the profile that it showed. */
  agent: string;
  /** Name of a registered one. */
  name: string;
  /** Calls in all. */
  calls: number;
  /** Of these: looking at goods. */
  searches: number;
  /** Of these: answered with an error. */
  refused: number;
  /** Of these: refused for being too many. */
  limited: number;
  /** Of these: repeated with their idempotency key, answered as the first time. */
  replayed: number;
  /** Refused for an idempotency key that was used for something else or still runs. */
  conflicting: number;
  /** Refused for a signature, a key or a mandate that is not what it says. */
  forged: number;
  /** Checkouts prepared. */
  checkouts: number;
  /** Of these: became an order. */
  orders: number;
  /** Of these: cancelled. */
  cancelled: number;
  /** Of these: something came back. */
  returned: number;
  /** Total of these orders without cancelled ones, minor units. */
  revenue_minor: number;
  /** How well it behaves, by its own conduct on these days; absent where several are counted together. */
  rating?: AgentRating;
}

export interface AgentRating {
  /** unrated: too little was seen; good; watch; poor: the worst of the findings. */
  grade: AgentGrade;
  /** What led to it, the worst first. */
  findings: ConductFinding[];
}

export type AgentGrade = "unrated" | "good" | "watch" | "poor";

export interface ConductFinding {
  /** stood: orders neither cancelled nor returned; forged: calls with a signature, key or mandate that is not what it says; conflicting: a used idempotency key with another body or while it still runs; limited: too many calls; refused: other calls answered with an error; replayed: calls repeated with their key; abandoned: checkouts that became no order; cancelled, returned: orders that were. */
  kind: ConductKind;
  /** What this alone would be rated. */
  grade: AgentGrade;
  /** How many. */
  count: number;
  /** Of how many. */
  of: number;
  /** Share from which it has this grade, 0..1, surely exceeded; 0 for stood. */
  limit: number;
}

export type ConductKind = "stood" | "forged" | "conflicting" | "limited" | "refused" | "replayed" | "abandoned" | "cancelled" | "returned";

export interface ListTrafficInput {
  /** First day, days since 1970 UTC. @minimum 0 @maximum 1e+05 @default 0 */
  from_day?: number;
  /** Day after the last. @minimum 0 @maximum 1e+05 @default 100000 */
  to_day?: number;
}

export interface PlanPage {
  /** Whether a plan was made; assortment.propose makes one. */
  planned: boolean;
  /** The plan as a whole. */
  outline?: Outline;
  /** Goods, changes first, by value. */
  items: PlanItem[];
  /** How many there are in all. */
  total: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
  /** Categories as choice sets; on the first page. */
  sets: PlanSet[];
  /** Profit against the size of the shelf; on the first page. */
  curve: CurvePoint[];
  /** Candidates that no product answers yet: needs that were handed on and neither rejected nor out of date, by expected orders; on the first page. */
  needed: NeededGood[];
}

export interface Outline {
  /** ISO 4217 code. */
  currency: string;
  /** When the plan was made. */
  made_at_ms: number;
  /** The end of the facts that it rests on. */
  until_ms: number;
  /** Days that it is for. */
  horizon_days: number;
  /** Days of trade that were learned from. */
  days_seen: number;
  /** Whether visits were logged; otherwise how many come is inferred from the orders. */
  arrivals_seen: boolean;
  /** Expected profit over the horizon if all stays. */
  profit_now_minor: number;
  /** Expected profit of the plan. */
  profit_minor: number;
  /** No plan within the limits can be expected to earn more. */
  bound_minor: number;
  /** How far below that bound the plan may be, as a share. */
  gap: number;
  /** Plan less now, with its interval. */
  gain: ValueRange;
  /** Goods by action. */
  counts: Counts;
  /** Decisions that were proposed. */
  decisions: number;
  /** Limits with use and dual price. */
  limits: PlanLimit[];
}

export interface ValueRange {
  /** Expected, minor units. */
  expected_minor: number;
  /** Low end (10 %). */
  low_minor: number;
  /** High end (90 %). */
  high_minor: number;
}

export interface Counts {
  /** Stay as they are. */
  keep: number;
  /** To put on sale. */
  list: number;
  /** To take off sale. */
  drop: number;
  /** To push. */
  push: number;
  /** To price anew. */
  price: number;
  /** Not on sale, and stay so. */
  leave: number;
}

export interface PlanLimit {
  /** shelf_places, capital_minor or push_places. */
  name: string;
  /** The limit. */
  most: number;
  /** Used if all stays. */
  used_now: number;
  /** Used by the plan. */
  used: number;
  /** What one more unit of it would earn over the horizon, minor units (of the linear relaxation). */
  dual_price: number;
}

export interface PlanItem {
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Category: goods in it stand in for each other. */
  category_id: string;
  /** keep, list, drop, push, price, or leave (not on sale, and stays so). A good to list may be pushed, too. */
  action: Action;
  /** Pushed in the plan. */
  pushed: boolean;
  /** Price now, mean over what is sold of its variants. */
  price_minor: number;
  /** Price in the plan. */
  planned_price_minor: number;
  /** Units over the horizon if all stays. */
  units_now: number;
  /** Units in the plan. */
  units_planned: number;
  /** Profit of the good if all stays. */
  profit_now_minor: number;
  /** Profit of the good in the plan. */
  profit_planned_minor: number;
  /** What the change is worth to the shop: with what it takes from or gives to the other goods, and with the limits that it uses or frees at their dual prices. */
  value: ValueRange;
  /** Margin as a share of the price. */
  margin: number;
  /** Share of units that come back. */
  returned: number;
  /** Share of the time that it was, or is expected to be, in stock. */
  in_stock: number;
  /** Change of demand in percent for one percent of price. */
  elasticity: number;
  /** Its standard deviation. */
  elasticity_deviation: number;
  /** How far elasticities of goods were taken to stray before the prices of this one were looked at: with a deviation about as wide nothing was learned of this product. */
  elasticity_spread: number;
  /** Growth of its attraction a year, in logarithm. */
  trend_per_year: number;
  /** Attraction, logarithm relative to its category: 0.7 more is twice as attractive. */
  score: number;
  /** Its standard deviation. */
  score_deviation: number;
  /** Share of its units that others of the category would sell without it. */
  taken_from_others: number;
  /** Share of what its supplier had to deliver in the last year that came by the day it was due, mean over orders; absent: nothing was due. */
  delivered?: number;
  /** Units sold in the year that was learned from. */
  units_seen: number;
  /** Goods that are most alike by attributes, for goods of which little is known. */
  alike: string[];
  /** Why, in English. */
  reason_en: string;
  /** Why, in Chinese. */
  reason_zh: string;
  /** The decision that was made of it; empty: none. */
  decision_id: string;
}

export type Action = "keep" | "list" | "drop" | "push" | "price" | "leave";

export interface PlanSet {
  /** Category. */
  category_id: string;
  /** lower or upper half of the prices of a large category; empty: all of it. */
  price_band: string;
  /** Name in English. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** Shoppers expected over the horizon. */
  arrivals: number;
  /** Share of them that buy now. */
  conversion: number;
  /** Share of the buyers of a missing good that take another of the set. */
  substitution_share: number;
  /** Mean price elasticity. */
  elasticity: number;
  /** Goods on sale now. */
  on_sale_now: number;
  /** Goods in the plan. */
  on_sale: number;
  /** Goods that were weighed. */
  candidates: number;
  /** Profit over the horizon if all stays. */
  profit_now_minor: number;
  /** Profit of the plan. */
  profit_minor: number;
}

export interface CurvePoint {
  /** Goods on sale. */
  shelf_places: number;
  /** Profit of the best plan with so many. */
  profit_minor: number;
}

export interface NeededGood {
  /** The decision that hands it on. */
  decision_id: string;
  /** What was asked for. */
  words: string;
  /** Category that the same visits looked at most; empty: none. */
  category_id: string;
  /** Also asked as. */
  examples: string[];
  /** Visits of eight weeks that asked for it and found nothing. */
  sessions: number;
  /** The newer half of these weeks beside the older; 2: twice as many. */
  growth: number;
  /** Orders in 28 days, were it to convert as other searches do. */
  orders_28: number;
  /** Whether somebody approved looking for it. */
  agreed: boolean;
  /** When it was handed on. */
  handed_on_at_ms: number;
}

export interface AskPlanInput {
  /** Only items of this action. */
  action?: Action;
  /** Only items of this category. @default "" */
  category_id?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface ProposeInput {
  /** Take the limits of the plan before, if there is one, and look at nothing else of this request: how the night asks. @default false */
  as_before?: boolean;
  /** How many goods may be on sale; left out: as many as now. @minimum 0 @maximum 1e+06 */
  shelf_places?: number;
  /** Money that may be tied up in stock, minor units, by the model of display stock and cover; left out: what the goods on sale now need. @minimum 0 @maximum 1e+15 */
  capital_minor?: number;
  /** How many goods may be pushed. @minimum 0 @maximum 1000 @default 12 */
  push_places?: number;
  /** Days that are planned for. @minimum 7 @maximum 182 @default 28 */
  horizon_days?: number;
  /** How far a price may move; 0: prices stay. @minimum 0 @maximum 30 @default 10 */
  most_price_change_percent?: number;
  /** What one good on sale costs over the horizon: content, care, shelf; minor units. @minimum 0 @maximum 1e+12 @default 0 */
  listing_cost_minor?: number;
  /** What pushing one good costs over the horizon, minor units. @minimum 0 @maximum 1e+12 @default 0 */
  push_cost_minor?: number;
  /** At most so many decisions, the most valuable; 0: only the plan. @minimum 0 @maximum 500 @default 30 */
  most_decisions?: number;
  /** Cost of capital a year, 0.12 is 12 %. @minimum 0 @maximum 2 @default 0.12 */
  interest_per_year?: number;
  /** What a returned unit loses beyond the refund, as a share of its cost. @minimum 0 @maximum 2 @default 0.2 */
  return_cost_share?: number;
  /** How many times as attractive a pushed good is: assumed until measured. @minimum 1 @maximum 5 @default 1.2 */
  push_lift?: number;
  /** Products that must stay on sale. @default [] */
  keep?: string[];
  /** Products that must not be on sale. @default [] */
  leave_out?: string[];
}

export interface Simulated {
  /** ISO 4217 code. */
  currency: string;
  /** Days that were played. */
  horizon_days: number;
  /** How often. */
  runs: number;
  /** Share of the runs within low and high. */
  interval_percent: number;
  /** Days of trade that the shoppers were learned from. */
  days_seen: number;
  /** The end of the facts that it rests on. */
  until_ms: number;
  /** Whether the kept plan was played, because nothing else was asked. */
  of_plan: boolean;
  /** Whether visits were logged; otherwise how many come is inferred from the orders. */
  arrivals_seen: boolean;
  /** Whether the history was long enough to learn how far four weeks are from the four before; otherwise usual values were taken. */
  levels_seen: boolean;
  /** Shoppers who came to a category in one run, mean. */
  shoppers: number;
  /** By how many percent four weeks of the whole shop usually missed the level before them, and so how unsure the number of shoppers is. */
  shop_level_percent: number;
  /** The same of one category beside the shop. */
  set_level_percent: number;
  /** Days that a variant which sold out usually stays out. */
  out_days: number;
  /** Share of the runs in which the changed list earns more. */
  better: number;
  /** The shop under today's list. */
  today: Sales;
  /** The shop under the changed list. */
  changed: Sales;
  /** Changed less today, run by run: the same shoppers came to both. */
  difference: Sales;
  /** What the choice model's formula expects of today's list, without playing. */
  formula_today_minor: number;
  /** What it expects of the difference. */
  formula_difference_minor: number;
  /** Goods whose sales the changes move. */
  goods_moved: number;
  /** Goods that are changed, then those that they move, most first. */
  goods: SimulatedGood[];
  /** Who takes over what left, and from whom what is new takes: shoppers who choose otherwise, at most 200 rows. */
  taken_over: TakenOver[];
  /** Profit since the first day, by day. */
  days: SimulatedDay[];
  /** Where the shoppers come from, in English. */
  learned_en: string;
  /** The same in Chinese. */
  learned_zh: string;
}

export interface Sales {
  /** Profit, returns and capital counted; low and high by interval_percent. */
  profit: ValueRange;
  /** Paid for what was sold, before refunds. */
  revenue: ValueRange;
  /** Units sold. */
  units: CountRange;
  /** Units of them that come back. */
  returned: CountRange;
  /** Shoppers who would have bought it had everything of the list been in stock, and bought nothing. */
  lost: CountRange;
}

export interface CountRange {
  /** Mean of the runs. */
  expected: number;
  /** Low end of the interval. */
  low: number;
  /** High end of the interval. */
  high: number;
}

export interface SimulatedGood {
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Category. */
  category_id: string;
  /** What the changed list does with it; keep or leave: nothing. */
  action: Action;
  /** Price now. */
  price_minor: number;
  /** Price in the changed list. */
  new_price_minor: number;
  /** Under today's list. */
  today: Sales;
  /** Under the changed list. */
  changed: Sales;
  /** Changed less today, run by run. */
  difference: Sales;
}

export interface TakenOver {
  /** What they buy under today's list; empty: nothing. */
  from_product_id: string;
  /** Its title in English. */
  from_en: string;
  /** Its title in Chinese. */
  from_zh: string;
  /** What they buy under the changed list; empty: nothing. */
  to_product_id: string;
  /** Its title in English. */
  to_en: string;
  /** Its title in Chinese. */
  to_zh: string;
  /** How many. */
  shoppers: CountRange;
}

export interface SimulatedDay {
  /** Day, YYYY-MM-DD. */
  day: string;
  /** Profit since the first day under today's list. */
  today: ValueRange;
  /** The same under the changed list. */
  changed: ValueRange;
  /** Changed less today, run by run. */
  difference: ValueRange;
}

export interface SimulateInput {
  /** Products to put on sale. When list, drop, push and prices are all empty, the kept plan is played. @default [] */
  list?: string[];
  /** Products to take off sale. @default [] */
  drop?: string[];
  /** Products to push; push_lift of the plan says what that does, which is an assumption. @default [] */
  push?: string[];
  /** New prices of products. @default [] */
  prices?: NewPriceInput[];
  /** Days that are played; left out: those of the plan. @minimum 7 @maximum 182 */
  horizon_days?: number;
  /** How often the days are played. @minimum 20 @maximum 2000 @default 200 */
  runs?: number;
  /** Share of the runs that lies within low and high. @minimum 50 @maximum 98 @default 80 */
  interval_percent?: number;
  /** Number of the draws: the same one gives the same answer. @minimum 1 @maximum 1e+09 @default 1 */
  seed?: number;
  /** At most so many goods in the answer: the changed ones first, then those that they move most. @minimum 1 @maximum 2000 @default 100 */
  most_goods?: number;
}

export interface NewPriceInput {
  /** Product. */
  product_id: string;
  /** Change of its price, percent: -10 is a tenth off. @minimum -60 @maximum 100 */
  change_percent: number;
}

export interface Imagined {
  /** The imagined plan as a whole. */
  outline: Outline;
  /** Goods that it treats otherwise than the kept plan, the most valuable first, at most 100. */
  differences: PlanItem[];
}

export interface WhatIfInput {
  /** Another number of goods on sale; left out: as planned. @minimum 0 @maximum 1e+06 */
  shelf_places?: number;
  /** Another amount of capital; left out: as planned. @minimum 0 @maximum 1e+15 */
  capital_minor?: number;
  /** Another number of push places. @minimum 0 @maximum 1000 */
  push_places?: number;
  /** Prices may move so far. @minimum 0 @maximum 30 */
  most_price_change_percent?: number;
  /** Another cost of a good on sale. @minimum 0 @maximum 1e+12 */
  listing_cost_minor?: number;
  /** Products that must stay. @default [] */
  keep?: string[];
  /** Products that must go. @default [] */
  leave_out?: string[];
}

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface AuditEntry {
  /** Number, growing. */
  seq: number;
  /** When. */
  at_ms: number;
  /** Who. */
  caller: string;
  /** What. */
  operation: string;
  /** propose or act. */
  effect: string;
  /** ok. */
  outcome: string;
  /** The request in short, without secrets. */
  summary: string;
  /** Request. */
  request_id: string;
}

export interface ListAuditInput {
  /** Only this operation. @default "" */
  operation?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface Basket {
  /** Secret by which the basket is found. */
  basket_id: string;
  /** open, ordered, merged or cancelled; empty: there is none of this id. */
  status: string;
  /** ISO 4217 code. */
  currency: string;
  /** What is in it. */
  lines: BasketLine[];
  /** Units in all. */
  units: number;
  /** Sum, minor units. */
  subtotal_minor: number;
  /** What was asked for and could not be put in as asked (basket.replace). */
  problems: BasketProblem[];
  /** What it comes to: promotions, codes, shipping, total; amounts by line are in the order of the lines. */
  quote: BasketQuote;
  /** The ways of sending it and what each costs before promotions; the quote counts the first that goes everywhere. */
  shipping_options: ShippingOption[];
}

export interface BasketLine {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Variant in English. */
  variant_en: string;
  /** Variant in Chinese. */
  variant_zh: string;
  /** Units. */
  quantity: number;
  /** Price of one now. */
  unit_price_minor: number;
  /** Price of all. */
  line_minor: number;
  /** Units that can be sold now; absent when not kept. */
  stock?: number;
  /** Picture. */
  picture_url: string;
  /** Price of one when it was put in by basket.replace. */
  quoted_minor?: number;
}

export interface BasketProblem {
  /** not_for_sale, out_of_stock or quantity_adjusted. */
  code: string;
  /** JSON Pointer into the request. */
  path: string;
  /** For a person. */
  message: string;
}

export interface BasketQuote {
  /** Goods at full price, minor units. */
  subtotal_minor: number;
  /** Taken off the goods. */
  discount_minor: number;
  /** Shipping before anything is taken off. */
  shipping_minor: number;
  /** Taken off the shipping. */
  shipping_discount_minor: number;
  /** To pay. */
  total_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** Taken off each line, in the order of the lines. */
  line_discount_minor: number[];
  /** What was taken off, in the order of calculation. */
  discounts: Discount[];
  /** What became of each code entered. */
  codes: CodeTold[];
  /** What is missing to more, the nearest first. */
  more: MoreToSave[];
  /** No legal choice of these promotions takes off more; false only for extraordinarily many at once. */
  best_proven: boolean;
}

export interface Discount {
  /** Promotion. */
  promotion_id: string;
  /** The code that made it count; empty: it counts by itself. */
  code: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** What it does; free_shipping comes off the fee, all others off the goods. */
  kind: PromotionKind;
  /** Order of calculation. */
  priority: number;
  /** Taken off, minor units. */
  amount_minor: number;
  /** Taken off each line, in the order of the lines. */
  line_minor: number[];
}

export type PromotionKind = "amount_off" | "percent_off" | "buy_get" | "set_price" | "free_shipping";

export interface CodeTold {
  /** As entered, in capitals. */
  code: string;
  /** applied, or why not: unknown, expired, used_up, sign_in_needed, not_for_you, not_met (its goods or threshold), not_combined (another choice takes off more). */
  state: CodeState;
  /** For a person, in English. */
  message_en: string;
  /** For a person, in Chinese. */
  message_zh: string;
}

export type CodeState = "applied" | "unknown" | "expired" | "used_up" | "sign_in_needed" | "not_for_you" | "not_met" | "not_combined";

export interface MoreToSave {
  /** Promotion. */
  promotion_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** Goods worth this much more reach it; 0 when units are missing. */
  missing_minor: number;
  /** So many more units reach it; 0 when worth is missing. */
  missing_units: number;
  /** What would then come off in addition; 0: depends on the units. */
  gain_minor: number;
}

export interface ShippingOption {
  /** Option. */
  option_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** What it costs for this checkout, minor units. */
  fee_minor: number;
  /** Fewest days to arrive. */
  days_from?: number;
  /** Most days to arrive. */
  days_to?: number;
  /** Where it goes, as in shipping.save_options; empty: everywhere. */
  countries: string;
}

export interface BasketChangeInput {
  /** Which basket; empty: a new one. @default "" */
  basket_id?: string;
  /** Which SKU. */
  sku: string;
  /** Units; 0 takes it out (basket.set). @minimum 0 @maximum 9999 @default 1 */
  quantity?: number;
}

export interface GetBasketInput {
  /** Which basket. */
  basket_id: string;
}

export interface ReplaceBasketInput {
  /** Which basket; empty: a new one. @default "" */
  basket_id?: string;
  /** All that it holds from now on. */
  lines: WantedLineInput[];
  /** All codes entered from now on; left out: they stay. */
  codes?: string[];
  /** The caller's own mark of the request; tells two requests with one Idempotency-Key apart. @default "" */
  reference?: string;
}

export interface WantedLineInput {
  /** What is bought. */
  sku: string;
  /** Units. @minimum 1 @maximum 9999 @default 1 */
  quantity?: number;
}

export interface SetCodesInput {
  /** Which basket. */
  basket_id: string;
  /** All codes entered from now on; empty: none. */
  codes: string[];
}

export interface CampaignList {
  /** Campaigns, latest first. */
  campaigns: CampaignLine[];
}

export interface CampaignLine {
  /** Campaign. */
  campaign_id: string;
  /** Name in English. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** Channel. */
  channel: string;
  /** Kind. */
  kind: string;
  /** State. */
  status: string;
  /** Begins. */
  starts_at_ms: number;
  /** Ends. */
  ends_at_ms: number;
  /** Budget. */
  budget_minor?: number;
  /** Spent. */
  spend_minor: number;
  /** Clicks. */
  clicks: number;
}

export interface Saved {
  /** Rows that were new. */
  created: number;
  /** Rows that changed. */
  updated: number;
  /** Rows that were already so. */
  unchanged: number;
}

export interface SaveCampaignsInput {
  /** Campaigns to save. */
  campaigns: CampaignInput[];
}

export interface CampaignInput {
  /** The shop's identifier. */
  campaign_id: string;
  /** Name in English. @default "" */
  name_en?: string;
  /** Name in Chinese. @default "" */
  name_zh?: string;
  /** Main channel; empty: several. @default "" */
  channel?: string;
  /** sale, launch, always_on … @default "" */
  kind?: string;
  /** Begins. */
  starts_at_ms: number;
  /** Ends. */
  ends_at_ms: number;
  /** Budget, minor units. @minimum 0 @maximum 1e+15 */
  budget_minor?: number;
  /** planned, running, ended. @default "planned" */
  status?: string;
  /** What was spent, by channel and day; added to what is known. @default [] */
  spend?: SpendInput[];
}

export interface SpendInput {
  /** Where it was spent. */
  channel: string;
  /** Days since 1970. */
  day: number;
  /** Money, minor units. @minimum 0 @maximum 1e+15 */
  spend_minor: number;
  /** Times shown. @default 0 */
  impressions?: number;
  /** Clicks. @default 0 */
  clicks?: number;
}

export interface GetProductInput {
  /** Which product. */
  product_id: string;
}

export interface FoundProducts {
  /** Those on sale, each once, in the order asked; unknown ids are left out. */
  products: FoundProduct[];
  /** ISO 4217 code of all prices. */
  currency: string;
}

export interface FoundProduct {
  /** The product; costs are shown to staff only. */
  product: Product;
  /** How many published reviews it has. */
  reviews: number;
  /** Mean stars of these, 1 to 5. */
  rating?: number;
  /** Which of the ids led to it. */
  asked: string[];
  /** The SKU that each of these names; empty for a product id. */
  skus: string[];
}

export interface Product {
  /** The shop's own identifier of the product. */
  product_id: string;
  /** Title in English; at least one of the two titles is needed. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Description in English, plain text. */
  description_en: string;
  /** Description in Chinese, plain text. */
  description_zh: string;
  /** Category it is listed in; empty for none. */
  category_id: string;
  /** Brand as written in English or its own script. */
  brand: string;
  /** Brand in Chinese, if it has a Chinese name. */
  brand_zh: string;
  /** active: on sale; draft: not shown; archived: no longer sold, kept for orders. */
  status: ProductStatus;
  /** Facts that hold for every variant. */
  attributes: Attribute[];
  /** What can be bought; at least one. */
  variants: Variant[];
  /** Pictures in the order they are shown. */
  pictures: Picture[];
  /** Since when it is listed, milliseconds since 1970 UTC; left out: it stays, or now for a new one. */
  created_at_ms?: number;
}

export type ProductStatus = "active" | "draft" | "archived";

export interface Attribute {
  /** Stable identifier of the attribute: colour, material, length, capacity. */
  name: string;
  /** Value in English; empty for a pure number. */
  text_en: string;
  /** Value in Chinese; empty for a pure number. */
  text_zh: string;
  /** Value as a number, in `unit`. */
  number?: number;
  /** Unit of the number: cm, ml, W, g; empty for a count. */
  unit: string;
}

export interface Variant {
  /** Stock keeping unit, unique in the shop. */
  sku: string;
  /** What tells this variant from its siblings, in English: Red / M. */
  title_en: string;
  /** The same in Chinese: 红色 / M。 */
  title_zh: string;
  /** GTIN (EAN-13, UPC) without blanks; empty if none. */
  barcode: string;
  /** Price in minor units of the shop's currency (fen, cents). @minimum 0 @maximum 1e+15 */
  price_minor: number;
  /** Former price that is shown crossed out, minor units. @minimum 0 @maximum 1e+15 */
  compare_at_minor?: number;
  /** What one unit costs the shop, minor units; staff only. @minimum 0 @maximum 1e+15 */
  cost_minor?: number;
  /** Shipping weight in grams. @minimum 0 @maximum 1e+09 */
  weight_g?: number;
  /** Units that can be sold now over all places; on input: sets the stock of the main place. @minimum 0 @maximum 1e+09 */
  stock?: number;
  /** Facts that differ between variants. */
  attributes: Attribute[];
}

export interface Picture {
  /** Content address of the stored file (from pictures.store), or empty with an https url. */
  asset: string;
  /** Where the picture is served; on input only for pictures kept elsewhere. */
  url: string;
  /** What the picture shows, in English. */
  alt_en: string;
  /** What the picture shows, in Chinese. */
  alt_zh: string;
}

export interface FindProductsInput {
  /** Product ids, SKUs or barcodes. */
  ids: string[];
}

export interface ProductAnswer {
  /** The product; costs are shown to staff only. */
  product: Product;
  /** ISO 4217 code of its prices. */
  currency: string;
  /** How many published reviews it has. */
  reviews: number;
  /** Mean stars of these, 1 to 5. */
  rating?: number;
}

export interface AttributeKindList {
  /** Labels by name. */
  attributes: AttributeKind[];
}

export interface AttributeKind {
  /** Stable identifier used by products. */
  name: string;
  /** Label in English. */
  name_en: string;
  /** Label in Chinese. */
  name_zh: string;
  /** Usual unit of its numbers; empty for texts. */
  unit: string;
  /** Whether shoppers may filter by it. */
  facet: boolean;
}

export interface CategoryList {
  /** All categories; parents by parent_id. */
  categories: Category[];
}

export interface Category {
  /** The shop's own identifier of the category. */
  category_id: string;
  /** The category above; empty at the top. */
  parent_id: string;
  /** Name in English. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** Order among its siblings, ascending. */
  position: number;
  /** Active products in it and below; counted by the server, ignored on input. */
  products: number;
}

export interface ProductPage {
  /** Products of this page, by id. */
  products: ProductLine[];
  /** How many there are in all. */
  total: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ProductLine {
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Brand. */
  brand: string;
  /** Category. */
  category_id: string;
  /** State. */
  status: ProductStatus;
  /** Lowest price of its variants, minor units. */
  price_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** How many variants can be bought. */
  variants: number;
  /** Units that can be sold over all variants and places. */
  stock: number;
  /** First picture; empty if none. */
  picture_url: string;
}

export interface ListProductsInput {
  /** Part of a title, brand, product id or SKU; shoppers use dialogue.search instead. @default "" */
  query?: string;
  /** Only products of this category. @default "" */
  category_id?: string;
  /** Only products in this state. */
  status?: ProductStatus;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before; empty for the first. @default "" */
  page_token?: string;
}

export interface SaveAttributeKindsInput {
  /** Labels to save. */
  attributes: AttributeKindInput[];
}

export interface AttributeKindInput {
  /** Stable identifier used by products. */
  name: string;
  /** Label in English. @default "" */
  name_en?: string;
  /** Label in Chinese. @default "" */
  name_zh?: string;
  /** Usual unit of its numbers; empty for texts. @default "" */
  unit?: string;
  /** Whether shoppers may filter by it. @default true */
  facet?: boolean;
}

export interface SaveCategoriesInput {
  /** Categories to save. */
  categories: CategoryInput[];
}

export interface CategoryInput {
  /** The shop's own identifier of the category. */
  category_id: string;
  /** The category above; empty at the top. @default "" */
  parent_id?: string;
  /** Name in English. @default "" */
  name_en?: string;
  /** Name in Chinese. @default "" */
  name_zh?: string;
  /** Order among its siblings, ascending. @default 0 */
  position?: number;
  /** Active products in it and below; counted by the server, ignored on input. @default 0 */
  products?: number;
}

export interface SaveProductsInput {
  /** Products to save, each whole; at most 500. */
  products: ProductInput[];
}

export interface ProductInput {
  /** The shop's own identifier of the product. */
  product_id: string;
  /** Title in English; at least one of the two titles is needed. @default "" */
  title_en?: string;
  /** Title in Chinese. @default "" */
  title_zh?: string;
  /** Description in English, plain text. @default "" */
  description_en?: string;
  /** Description in Chinese, plain text. @default "" */
  description_zh?: string;
  /** Category it is listed in; empty for none. @default "" */
  category_id?: string;
  /** Brand as written in English or its own script. @default "" */
  brand?: string;
  /** Brand in Chinese, if it has a Chinese name. @default "" */
  brand_zh?: string;
  /** active: on sale; draft: not shown; archived: no longer sold, kept for orders. @default "active" */
  status?: ProductStatus;
  /** Facts that hold for every variant. @default [] */
  attributes?: AttributeInput[];
  /** What can be bought; at least one. */
  variants: VariantInput[];
  /** Pictures in the order they are shown. @default [] */
  pictures?: PictureInput[];
  /** Since when it is listed, milliseconds since 1970 UTC; left out: it stays, or now for a new one. */
  created_at_ms?: number;
}

export interface AttributeInput {
  /** Stable identifier of the attribute: colour, material, length, capacity. */
  name: string;
  /** Value in English; empty for a pure number. @default "" */
  text_en?: string;
  /** Value in Chinese; empty for a pure number. @default "" */
  text_zh?: string;
  /** Value as a number, in `unit`. */
  number?: number;
  /** Unit of the number: cm, ml, W, g; empty for a count. @default "" */
  unit?: string;
}

export interface VariantInput {
  /** Stock keeping unit, unique in the shop. */
  sku: string;
  /** What tells this variant from its siblings, in English: Red / M. @default "" */
  title_en?: string;
  /** The same in Chinese: 红色 / M。 @default "" */
  title_zh?: string;
  /** GTIN (EAN-13, UPC) without blanks; empty if none. @default "" */
  barcode?: string;
  /** Price in minor units of the shop's currency (fen, cents). @minimum 0 @maximum 1e+15 */
  price_minor: number;
  /** Former price that is shown crossed out, minor units. @minimum 0 @maximum 1e+15 */
  compare_at_minor?: number;
  /** What one unit costs the shop, minor units; staff only. @minimum 0 @maximum 1e+15 */
  cost_minor?: number;
  /** Shipping weight in grams. @minimum 0 @maximum 1e+09 */
  weight_g?: number;
  /** Units that can be sold now over all places; on input: sets the stock of the main place. @minimum 0 @maximum 1e+09 */
  stock?: number;
  /** Facts that differ between variants. @default [] */
  attributes?: AttributeInput[];
}

export interface PictureInput {
  /** Content address of the stored file (from pictures.store), or empty with an https url. @default "" */
  asset?: string;
  /** Where the picture is served; on input only for pictures kept elsewhere. @default "" */
  url?: string;
  /** What the picture shows, in English. @default "" */
  alt_en?: string;
  /** What the picture shows, in Chinese. @default "" */
  alt_zh?: string;
}

export interface PicturesSet {
  /** Pictures before. */
  before: Picture[];
  /** Pictures now. */
  pictures: Picture[];
}

export interface SetPicturesInput {
  /** Which product. */
  product_id: string;
  /** Its pictures from now on, in the order they are shown; an empty list takes all away. */
  pictures: PictureInput[];
  /** Assets or https addresses that it had when editing began; refused with pictures_changed when it has others now. Left out: not looked at. */
  before?: string[];
}

export interface PriceSet {
  /** Price before, minor units. */
  before_minor: number;
  /** Price now. */
  price_minor: number;
  /** ISO 4217 code. */
  currency: string;
}

export interface SetPriceInput {
  /** Which variant. */
  sku: string;
  /** New price, minor units. @minimum 0 @maximum 1e+15 */
  price_minor: number;
  /** New crossed-out price; left out: none. @minimum 0 @maximum 1e+15 */
  compare_at_minor?: number;
  /** Why, kept in the price history. @default "" */
  reason?: string;
}

export interface PricesSet {
  /** Price before and now, in the order of the request. */
  prices: PriceSet[];
}

export interface SetPricesInput {
  /** New prices; all of them or none. */
  prices: SetPriceInput[];
}

export interface StatusSet {
  /** State before. */
  before: ProductStatus;
  /** State now. */
  status: ProductStatus;
}

export interface SetStatusInput {
  /** Which product. */
  product_id: string;
  /** active: on sale; draft: not shown; archived: no longer sold. */
  status: ProductStatus;
}

export interface Chain {
  /** The thirty scenarios in the order of the chain. */
  scenarios: ScenarioState[];
  /** Operations that all scenarios stand on. */
  foundation: string[];
}

export interface ScenarioState {
  /** Number, 1 to 30. */
  scenario: string;
  /** Module. */
  module: string;
  /** Name. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** What it can do in this build; empty: not built yet. */
  operations: string[];
}

export interface Checkout {
  /** Secret by which the checkout is found. */
  checkout_id: string;
  /** incomplete, ready, completed, cancelled or expired. */
  status: CheckoutStatus;
  /** Who prepares it: agent_id, or the address of a profile. */
  agent: string;
  /** Registered agent; empty for a stranger. */
  agent_id: string;
  /** ucp, acp or empty. */
  protocol: string;
  /** Address of the shop as the agent saw it. */
  origin: string;
  /** Where its order is told. */
  webhook_url: string;
  /** Basket it was made from. */
  basket_id: string;
  /** What is bought. */
  lines: CheckoutLine[];
  /** Who receives it; what is known so far. */
  contact?: Contact;
  /** Ways to send it there. */
  shipping_options: ShippingOption[];
  /** The chosen one. */
  shipping_option: string;
  /** ISO 4217 code. */
  currency: string;
  /** Goods before promotions, minor units. */
  subtotal_minor: number;
  /** Taken off the goods. */
  discount_minor: number;
  /** Shipping before promotions. */
  shipping_minor: number;
  /** Taken off the shipping. */
  shipping_discount_minor: number;
  /** To pay. */
  total_minor: number;
  /** What was taken off; promised until it expires, while uses are left. */
  discounts: Discount[];
  /** What became of each code entered. */
  codes: CodeTold[];
  /** What is missing or has changed. */
  problems: CheckoutProblem[];
  /** How the purchase was approved: none, shopper, mandate or staff. */
  approval: Approval;
  /** Order that it became. */
  order_id: string;
  /** Secret for seeing that order without an account. */
  order_access: string;
  /** What a protocol keeps with it. */
  extra?: JsonValue;
  /** Since. */
  created_at_ms: number;
  /** Last change. */
  updated_at_ms: number;
  /** Prices hold until then. */
  expires_at_ms: number;
}

export type CheckoutStatus = "incomplete" | "ready" | "completed" | "cancelled" | "expired";

export interface CheckoutLine {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Variant in English. */
  variant_en: string;
  /** Variant in Chinese. */
  variant_zh: string;
  /** Picture. */
  picture_url: string;
  /** Units. */
  quantity: number;
  /** Promised price of one, minor units. */
  unit_price_minor: number;
  /** Price of all. */
  line_minor: number;
  /** Taken off this line by promotions. */
  discount_minor: number;
  /** Units that can be sold now; absent when not kept. */
  stock?: number;
}

export interface CheckoutProblem {
  /** not_for_sale, out_of_stock, quantity_adjusted, price_changed, promotion_used_up, missing, malformed, address_undeliverable. */
  code: string;
  /** JSON Pointer into this answer. */
  path: string;
  /** For a person. */
  message: string;
  /** Must be put right before the order can be placed. */
  blocks: boolean;
}

export type Approval = "none" | "shopper" | "mandate" | "staff";

export interface CheckoutIdInput {
  /** Which checkout. */
  checkout_id: string;
}

export interface CompleteCheckoutInput {
  /** Which checkout. */
  checkout_id: string;
  /** Who agreed to the purchase: shopper, mandate or staff. @default "staff" */
  approval?: Approval;
  /** Payment provider, as in orders.place. @default "invoice" */
  payment?: string;
  /** The total that was agreed to; refused when it is another by now. @minimum 0 @maximum 1e+15 */
  total_minor?: number;
  /** Who receives it, when the approver changed it. */
  contact?: ContactInput;
  /** How to send it, when the approver changed it. @default "" */
  shipping_option?: string;
  /** What shows the approval; kept sealed. */
  evidence?: JsonValue;
}

export interface CreateCheckoutInput {
  /** What to buy, when there is no basket. @default [] */
  lines?: WantedLineInput[];
  /** Basket to check out; left empty when lines are given. @default "" */
  basket_id?: string;
  /** Who receives it, as far as it is known. */
  contact?: ContactInput;
  /** How to send it; empty: the first way that goes there. @default "" */
  shipping_option?: string;
  /** Who prepares it: agent_id, or the address of a profile. @default "" */
  agent?: string;
  /** Registered agent. @default "" */
  agent_id?: string;
  /** ucp, acp, or api for the shop's own tools. @default "" */
  protocol?: string;
  /** Address of the shop as the agent saw it. @default "" */
  origin?: string;
  /** Where its order is told. @default "" */
  webhook_url?: string;
  /** Codes of promotions, besides those of the basket. @default [] */
  codes?: string[];
  /** What a protocol keeps with it. */
  extra?: JsonValue;
}

export interface FindCheckoutInput {
  /** Which checkout; empty when order_id is given. @default "" */
  checkout_id?: string;
  /** The order that it became. @default "" */
  order_id?: string;
}

export interface CheckoutPage {
  /** Newest first. */
  checkouts: CheckoutRow[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface CheckoutRow {
  /** Checkout; its last characters only. */
  checkout_id: string;
  /** State when it last changed. */
  status: string;
  /** Who prepared it. */
  agent: string;
  /** ucp, acp or api. */
  protocol: string;
  /** ISO 4217 code. */
  currency: string;
  /** To pay. */
  total_minor: number;
  /** How it was approved. */
  approval: string;
  /** Order that it became. */
  order_id: string;
  /** Since. */
  created_at_ms: number;
  /** Until. */
  expires_at_ms: number;
}

export interface ListCheckoutsInput {
  /** Only of this agent. @default "" */
  agent?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface CheckoutOutcome {
  /** incomplete or ready: it waits for the shopper; completed, cancelled or expired. */
  status: CheckoutStatus;
  /** Order that it became. */
  order_id: string;
  /** Secret for seeing that order without an account. */
  access_token: string;
  /** Where the shopper approves it, while it waits. */
  approval_url: string;
  /** Prices hold until then. */
  expires_at_ms: number;
}

export interface UpdateCheckoutInput {
  /** Which checkout. */
  checkout_id: string;
  /** What to buy from now on: all lines. */
  lines: WantedLineInput[];
  /** Who receives it; left out: unknown. */
  contact?: ContactInput;
  /** How to send it; empty: the first way that goes there. @default "" */
  shipping_option?: string;
  /** All codes entered from now on; left out: they stay. */
  codes?: string[];
  /** What a protocol keeps with it. */
  extra?: JsonValue;
}

export interface Conversation {
  /** Identifier; empty: a new one. */
  conversation_id: string;
  /** guide or service. */
  kind: string;
  /** Customer, if known. */
  customer_id: string;
  /** Where it took place. */
  channel: string;
  /** zh or en. */
  locale: string;
  /** What it is about. */
  topic: string;
  /** open, resolved or handed_over. */
  status: string;
  /** First message. */
  started_at_ms: number;
  /** Last message. */
  updated_at_ms: number;
  /** In order. */
  messages: Message[];
}

export interface Message {
  /** shopper, guide, agent or system. */
  role: string;
  /** What was said; sealed at rest. */
  body: string;
  /** Cards and other parts, as they were shown. */
  data: JsonValue;
  /** When. */
  at_ms: number;
}

export interface GetConversationInput {
  /** Which conversation. */
  conversation_id: string;
}

export interface ConversationPage {
  /** Latest first, with the beginning of the first message. */
  conversations: ConversationLine[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ConversationLine {
  /** Conversation. */
  conversation_id: string;
  /** guide or service. */
  kind: string;
  /** Customer, if known. */
  customer_id: string;
  /** Where it takes place. */
  channel: string;
  /** zh or en. */
  locale: string;
  /** What it is about. */
  topic: string;
  /** open, resolved or handed_over. */
  status: string;
  /** First message. */
  started_at_ms: number;
  /** Last message. */
  updated_at_ms: number;
  /** Beginning of the first message, at most 80 characters. */
  preview: string;
  /** Name of the customer, for those who may see customers. */
  customer_name: string;
}

export interface ListConversationsInput {
  /** guide or service; empty: both. @default "" */
  kind?: string;
  /** Only in this state. */
  status?: ConversationStatus;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export type ConversationStatus = "open" | "with_person" | "resolved" | "handed_over";

export interface RecordConversationsInput {
  /** Conversations that took place; those already known stay as they are. */
  conversations: ConversationInput[];
}

export interface ConversationInput {
  /** Identifier; empty: a new one. @default "" */
  conversation_id?: string;
  /** guide or service. @default "guide" */
  kind?: string;
  /** Customer, if known. @default "" */
  customer_id?: string;
  /** Where it took place. @default "" */
  channel?: string;
  /** zh or en. @default "" */
  locale?: string;
  /** What it is about. @default "" */
  topic?: string;
  /** open, resolved or handed_over. @default "open" */
  status?: string;
  /** First message. @default 0 */
  started_at_ms?: number;
  /** Last message. @default 0 */
  updated_at_ms?: number;
  /** In order. @default [] */
  messages?: MessageInput[];
}

export interface MessageInput {
  /** shopper, guide, agent or system. */
  role: string;
  /** What was said; sealed at rest. */
  body: string;
  /** Cards and other parts, as they were shown. @default null */
  data?: JsonValue;
  /** When. */
  at_ms: number;
}

export interface ReplyInput {
  /** Which conversation. */
  conversation_id: string;
  /** What the shop says; plain text. */
  text: string;
}

export interface ConversationsSetStatusInput {
  /** Which conversation. */
  conversation_id: string;
  /** open: the guide answers; with_person: a person does; handed_over: waits for one; resolved: done. */
  status: ConversationStatus;
}

export interface GetCustomerInput {
  /** Which customer. */
  customer_id: string;
}

export interface CustomerRecord {
  /** Customer. */
  customer_id: string;
  /** Name. */
  name: string;
  /** E-mail. */
  email: string;
  /** Phone. */
  phone: string;
  /** Language: zh or en. */
  locale: string;
  /** Country. */
  country: string;
  /** Province or state. */
  region: string;
  /** City. */
  city: string;
  /** Customer since. */
  created_at_ms: number;
  /** What the person agreed to. */
  consents: Consent[];
  /** Orders that were not cancelled. */
  orders: number;
  /** Sum of these, minor units of the shop's currency. */
  spent_minor: number;
  /** Last order. */
  last_order_at_ms?: number;
}

export interface CustomerPage {
  /** Customers by id. */
  customers: CustomerLine[];
  /** How many there are in all. */
  total: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface CustomerLine {
  /** Customer. */
  customer_id: string;
  /** Name, for those who may see it. */
  name: string;
  /** E-mail, for those who may see it. */
  email: string;
  /** Language. */
  locale: string;
  /** Country. */
  country: string;
  /** City. */
  city: string;
  /** Customer since. */
  created_at_ms: number;
  /** Orders that were not cancelled. */
  orders: number;
  /** Sum of these, minor units of the shop's currency. */
  spent_minor: number;
  /** Last order. */
  last_order_at_ms?: number;
}

export interface ListCustomersInput {
  /** Only the person with this e-mail. @default "" */
  email?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface CustomerGroups {
  /** By id. */
  groups: CustomerGroup[];
}

export interface CustomerGroup {
  /** The shop's identifier of the group. */
  group_id: string;
  /** Name in English. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** Who belongs to it from now on; not filled in lists. */
  customer_ids: string[];
  /** How many belong to it; counted by the server. */
  customers: number;
}

export interface SaveCustomersInput {
  /** Customers to create or change. */
  customers: CustomerInput[];
}

export interface CustomerInput {
  /** The shop's identifier; empty: a new one. @default "" */
  customer_id?: string;
  /** Name; sealed at rest. @default "" */
  name?: string;
  /** E-mail; sealed at rest. @default "" */
  email?: string;
  /** Phone; sealed at rest. @default "" */
  phone?: string;
  /** Language: zh or en. @default "" */
  locale?: string;
  /** Country. @default "" */
  country?: string;
  /** Province or state. @default "" */
  region?: string;
  /** City. @default "" */
  city?: string;
  /** Customer since. */
  created_at_ms?: number;
  /** What the person agreed to. @default [] */
  consents?: ConsentInput[];
}

export interface ConsentInput {
  /** email_marketing, sms_marketing, phone_marketing, personalisation or memory. */
  purpose: string;
  /** Whether the person agrees. */
  granted: boolean;
  /** When they said so. */
  at_ms?: number;
  /** Where they said so. @default "" */
  source?: string;
}

export interface CustomerGroupInput {
  /** The shop's identifier of the group. */
  group_id: string;
  /** Name in English. @default "" */
  name_en?: string;
  /** Name in Chinese. @default "" */
  name_zh?: string;
  /** Who belongs to it from now on; not filled in lists. @default [] */
  customer_ids?: string[];
  /** How many belong to it; counted by the server. @default 0 */
  customers?: number;
}

export interface SetConsentInput {
  /** Which customer; a shopper may only change their own. */
  customer_id: string;
  /** What was agreed to or withdrawn. */
  consent: ConsentInput;
}

export interface Decision {
  /** Decision; empty when proposing. */
  decision_id: string;
  /** Scenario it belongs to, 1 to 30. */
  scenario: string;
  /** What sort of change: price, purchase, campaign … */
  kind: string;
  /** What is to be done, in English. */
  title_en: string;
  /** What is to be done, in Chinese. */
  title_zh: string;
  /** Why, in English. */
  reason_en: string;
  /** Why, in Chinese. */
  reason_zh: string;
  /** Facts it rests on: a list of {label, value, link}. */
  evidence: JsonValue;
  /** Expected value, minor units. */
  expected_minor?: number;
  /** Low end of it (10 %). */
  expected_low_minor?: number;
  /** High end of it (90 %). */
  expected_high_minor?: number;
  /** ISO 4217 code; empty: the shop's. */
  currency: string;
  /** Operation that carries it out; empty: a person does. */
  operation: string;
  /** Its request. */
  request: JsonValue;
  /** Operation that takes it back; empty: cannot be undone. */
  undo_operation: string;
  /** Its request. */
  undo_request: JsonValue;
  /** How its worth will be measured. */
  measure: string;
  /** Where it stands. */
  state: DecisionState;
  /** Who or what proposed it. */
  proposed_by: string;
  /** Who or which policy decided. */
  decided_by: string;
  /** What they wrote. */
  note: string;
  /** What carrying it out answered. */
  outcome: string;
  /** Measured value, minor units. */
  measured_minor?: number;
  /** Proposed. */
  created_at_ms: number;
  /** After this it is void. */
  expires_at_ms?: number;
  /** Decided. */
  decided_at_ms?: number;
  /** Carried out. */
  executed_at_ms?: number;
  /** Measured. */
  measured_at_ms?: number;
}

export type DecisionState = "proposed" | "approved" | "rejected" | "expired" | "executed" | "failed" | "undone" | "measured";

export interface DecideInput {
  /** Which decision. */
  decision_id: string;
  /** Why, for the record. @default "" */
  note?: string;
}

export interface DecisionPage {
  /** By expected value, highest first, then newest. */
  decisions: Decision[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ListDecisionsInput {
  /** Only in this state. */
  state?: DecisionState;
  /** Only of this scenario. @default "" */
  scenario?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface PolicyList {
  /** Who may approve without asking. */
  policies: Policy[];
}

export interface Policy {
  /** Policy; empty: a new one. */
  policy_id: string;
  /** Kind of decision it approves: price, purchase … */
  kind: string;
  /** Only when the money that may be lost (expected_low, below zero) stays within this. @minimum 0 @maximum 1e+15 */
  most_minor?: number;
  /** In force. */
  enabled: boolean;
  /** Who set it. */
  set_by: string;
  /** Since. */
  created_at_ms: number;
}

export interface MeasureInput {
  /** Which decision. */
  decision_id: string;
  /** How it was measured. */
  method: string;
  /** Where the figure can be checked. @default "" */
  evidence?: string;
  /** What it was worth, minor units. @minimum -1e+15 @maximum 1e+15 */
  measured_minor: number;
}

export interface DecisionInput {
  /** Decision; empty when proposing. @default "" */
  decision_id?: string;
  /** Scenario it belongs to, 1 to 30. */
  scenario: string;
  /** What sort of change: price, purchase, campaign … */
  kind: string;
  /** What is to be done, in English. */
  title_en: string;
  /** What is to be done, in Chinese. */
  title_zh: string;
  /** Why, in English. @default "" */
  reason_en?: string;
  /** Why, in Chinese. @default "" */
  reason_zh?: string;
  /** Facts it rests on: a list of {label, value, link}. @default null */
  evidence?: JsonValue;
  /** Expected value, minor units. */
  expected_minor?: number;
  /** Low end of it (10 %). */
  expected_low_minor?: number;
  /** High end of it (90 %). */
  expected_high_minor?: number;
  /** ISO 4217 code; empty: the shop's. @default "" */
  currency?: string;
  /** Operation that carries it out; empty: a person does. @default "" */
  operation?: string;
  /** Its request. @default null */
  request?: JsonValue;
  /** Operation that takes it back; empty: cannot be undone. @default "" */
  undo_operation?: string;
  /** Its request. @default null */
  undo_request?: JsonValue;
  /** How its worth will be measured. @default "" */
  measure?: string;
  /** Where it stands. @default "proposed" */
  state?: DecisionState;
  /** Who or what proposed it. @default "" */
  proposed_by?: string;
  /** Who or which policy decided. @default "" */
  decided_by?: string;
  /** What they wrote. @default "" */
  note?: string;
  /** What carrying it out answered. @default "" */
  outcome?: string;
  /** Measured value, minor units. */
  measured_minor?: number;
  /** Proposed. @default 0 */
  created_at_ms?: number;
  /** After this it is void. */
  expires_at_ms?: number;
  /** Decided. */
  decided_at_ms?: number;
  /** Carried out. */
  executed_at_ms?: number;
  /** Measured. */
  measured_at_ms?: number;
}

export interface PolicyInput {
  /** Policy; empty: a new one. @default "" */
  policy_id?: string;
  /** Kind of decision it approves: price, purchase … */
  kind: string;
  /** Only when the money that may be lost (expected_low, below zero) stays within this. @minimum 0 @maximum 1e+15 */
  most_minor?: number;
  /** In force. @default true */
  enabled?: boolean;
  /** Who set it. @default "" */
  set_by?: string;
  /** Since. @default 0 */
  created_at_ms?: number;
}

export interface AnswerNudgeInput {
  /** Which. */
  nudge_id: string;
  /** opened or dismissed. */
  outcome: NudgeOutcome;
}

export type NudgeOutcome = "opened" | "dismissed";

export interface Answer {
  /** Secret of this conversation; send it with the next turn. */
  conversation_id: string;
  /** Language of the answer. */
  locale: string;
  /** Parts of the answer, in order. */
  messages: Block[];
  /** Constraints in force; each can be removed. */
  understood: Constraint[];
  /** Basket, if one is in use. */
  basket_id: string;
  /** What the turn was about. */
  topic: string;
  /** Whether a person from the shop should step in. */
  needs_person: boolean;
}

export interface Block {
  /** How to show it. */
  kind: BlockKind;
  /** Plain text; of a question the question. */
  text: string;
  /** What the text states and where it comes from. */
  facts: Fact[];
  /** Products; of a comparison its columns. */
  cards: Card[];
  /** Comparison, differences first. */
  rows: ComparisonRow[];
  /** Ready answers. */
  chips: Chip[];
  /** What the question is about: price, category or an attribute. */
  asks: string;
  /** The basket after this turn. */
  basket?: BasketView;
  /** State of an order. */
  order?: OrderView;
  /** Sum of a bundle. */
  bundle?: BundleView;
  /** Of a comparison of what fits: what it is weighed by, what was asked for among it. */
  axes: TradeOffAxis[];
  /** What fits, at most 100 of it, those that nothing beats first. */
  points: TradeOffPoint[];
  /** What a SKU has cost. */
  prices?: PriceHistory;
}

export type BlockKind = "text" | "cards" | "comparison" | "question" | "basket" | "order" | "bundle" | "prices";

export interface Fact {
  /** What is stated; echo: the shopper's own words or limits. */
  kind: FactKind;
  /** First byte in the text. */
  begin: number;
  /** One past the last byte. */
  end: number;
  /** Product it is about. */
  product_id: string;
  /** Variant it is about. */
  sku: string;
  /** Attribute it is about. */
  attribute: string;
}

export type FactKind = "price" | "attribute" | "title" | "stock" | "rating" | "count" | "echo" | "order" | "basket" | "policy" | "quote" | "name" | "review";

export interface Card {
  /** Product. */
  product_id: string;
  /** The variant that fits best; its price is price_minor. */
  sku: string;
  /** Title in the answer's language. */
  title: string;
  /** Brand; empty if none. */
  brand: string;
  /** What tells the variant from its siblings. */
  variant: string;
  /** Product page, relative to the shop. */
  url: string;
  /** Price of the variant, minor units. */
  price_minor: number;
  /** Cheapest variant. */
  price_from_minor: number;
  /** Dearest variant. */
  price_to_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** The price as people read it. */
  price_text: string;
  /** Address of the first picture; empty if none. */
  picture: string;
  /** Mean of published reviews, 0 when there are none. */
  rating: number;
  /** How many reviews. */
  reviews: number;
  /** Whether it can be sent now. */
  stock: StockState;
  /** Why it is shown, each from data. */
  why: string[];
  /** Constraints that it does not meet; empty for a full match. */
  misses: string[];
  /** Part of the text that matches, HTML-escaped, matches in <mark>. */
  highlight: string;
}

export type StockState = "in_stock" | "low" | "out";

export interface ComparisonRow {
  /** What is compared. */
  label: string;
  /** One per product, in order; empty where the shop has no data. */
  values: string[];
  /** Attribute identifier, or price, rating, stock, brand. */
  attribute: string;
  /** Whether the products differ here. */
  differs: boolean;
}

export interface Chip {
  /** What the button says. */
  label: string;
  /** What is sent when it is pressed. */
  text: string;
}

export interface BasketView {
  /** Basket. */
  basket_id: string;
  /** What is in it. */
  lines: DialogueBasketLine[];
  /** Units in all. */
  units: number;
  /** Sum at today's prices. */
  total_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** The sum as people read it. */
  total_text: string;
  /** Where to pay; empty for an empty basket. */
  checkout_url: string;
}

export interface DialogueBasketLine {
  /** Variant. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title. */
  title: string;
  /** Variant title. */
  variant: string;
  /** Units. */
  quantity: number;
  /** Price of one now. */
  price_minor: number;
}

export interface OrderView {
  /** Order number. */
  order_id: string;
  /** placed, paid, shipped, delivered, cancelled, returned or partly_returned. */
  status: string;
  /** Day it was placed. */
  placed: string;
  /** Carrier and number; empty if not shipped. */
  tracking: string;
  /** Day promised; empty if none. */
  promised: string;
  /** Day delivered; empty if not yet. */
  delivered: string;
  /** Titles of what was ordered. */
  items: string[];
  /** What was ordered, line by line. */
  lines: OrderItem[];
  /** Money that goes back. */
  refunds: OrderRefund[];
  /** Returns and exchanges asked for. */
  requests: OrderRequest[];
}

export interface OrderItem {
  /** Line of the order, from 0. */
  line: number;
  /** What was bought. */
  sku: string;
  /** Its product. */
  product_id: string;
  /** Title at the time. */
  title: string;
  /** Units bought. */
  quantity: number;
  /** Units that came back or are asked to. */
  returned: number;
}

export interface OrderRefund {
  /** due, refunded or not_charged. */
  state: string;
  /** ISO 4217 code. */
  currency: string;
  /** Day it was paid back; of others, booked. */
  day: string;
  /** Minor units. */
  amount_minor: number;
}

export interface OrderRequest {
  /** Number of the request. */
  request_id: string;
  /** return_goods or exchange. */
  kind: string;
  /** Title of the goods. */
  title: string;
  /** requested, accepted or refused. */
  status: string;
  /** What the shop said to it; may be empty. */
  answer: string;
}

export interface BundleView {
  /** Sum of the prices of the cards, minor units. */
  total_minor: number;
  /** What it was to cost at most. */
  limit_minor?: number;
  /** The sum as people read it. */
  total_text: string;
}

export interface TradeOffAxis {
  /** price; amount: of an attribute; wish: something that is so or not; rating, sales: what buyers made of it; returns: how much of it came back. */
  kind: TradeOffKind;
  /** What is better: less, more, nearest to what was said, or what meets it. */
  sense: TradeOffSense;
  /** How it is called; what was asked for in the shopper's words. */
  label: string;
  /** Attribute of an amount. */
  attribute: string;
  /** What it is nearest to, in the attribute's base unit. */
  target?: number;
}

export type TradeOffKind = "price" | "amount" | "wish" | "rating" | "sales" | "returns";

export type TradeOffSense = "less" | "more" | "nearest" | "meets";

export interface TradeOffPoint {
  /** Product. */
  product_id: string;
  /** The variant that fits best. */
  sku: string;
  /** Its title. */
  title: string;
  /** Its price, minor units. */
  price_minor: number;
  /** Mean of its reviews, 0 when there are none. */
  rating: number;
  /** No other product that fits is as good on every axis and better on one. */
  best: boolean;
  /** What it has on each axis; empty where that is not known or not told. */
  texts: string[];
  /** How good that is among these goods, from 0, the worst or unknown, to 1. */
  worth: number[];
  /** SKU of a product that is nowhere worse and somewhere better; empty if there is none. */
  beaten_by: string;
  /** On which axes that one is better, from 0. */
  beaten_in: number[];
}

export interface PriceHistory {
  /** Which SKU. */
  sku: string;
  /** ISO 4217 code. */
  currency: string;
  /** Price now, minor units. */
  price_minor: number;
  /** Lowest of the last 30 days; absent when the records begin later. */
  lowest_30_days_minor?: number;
  /** Lowest of the last 90 days; absent when the records begin later. */
  lowest_90_days_minor?: number;
  /** Where the records begin; absent without any. */
  known_since_ms?: number;
  /** Changes, oldest first. */
  points: PricePoint[];
}

export interface PricePoint {
  /** Since when, milliseconds since 1970 UTC. */
  from_ms: number;
  /** Price from then on, minor units. */
  price_minor: number;
}

export interface Constraint {
  /** Names the constraint within its conversation, for removing it. */
  constraint_id: string;
  /** What it limits. */
  kind: ConstraintKind;
  /** want: one of the values must hold; avoid: none may. */
  polarity: Polarity;
  /** Values, categories or brands meant; any one of them. */
  values: ValueName[];
  /** Attribute of a numeric limit. */
  attribute: string;
  /** Smallest value allowed, in the attribute's base unit (mm, g, ml) or minor money units. */
  min?: number;
  /** Largest value allowed, same unit. */
  max?: number;
  /** The value that was said, same unit; nearer is better. */
  target?: number;
  /** The shopper's own words. */
  said: string;
  /** How it is shown, in English. */
  label_en: string;
  /** How it is shown, in Chinese. */
  label_zh: string;
  /** true: a preference; what meets it comes first, and nothing is left out for it. */
  soft: boolean;
}

export type ConstraintKind = "category" | "brand" | "value" | "number" | "price" | "stock" | "rating" | "sale" | "picture";

export type Polarity = "want" | "avoid";

export interface ValueName {
  /** Attribute identifier; for categories and brands their identifier or English name. */
  attribute: string;
  /** Value in English. */
  en: string;
  /** Value in Chinese. */
  zh: string;
}

export interface AskInput {
  /** Conversation to go on with; empty: a new one. @default "" */
  conversation_id?: string;
  /** What the shopper says, Chinese or English. @default "" */
  text?: string;
  /** Language of the answer, zh or en; empty: that of the text. @default "" */
  locale?: string;
  /** The shopper's basket, if there is one. @default "" */
  basket_id?: string;
  /** Product page the shopper is on, if any. @default "" */
  product_id?: string;
  /** A photo sent with it, from pictures.upload: what looks like it is looked for until it is removed (constraint_id picture). @default "" */
  picture_id?: string;
  /** Constraints to take back, by constraint_id. @default [] */
  remove?: string[];
}

export interface CaseReport {
  /** All cases, oldest first. */
  cases: CaseLine[];
  /** How many are kept. */
  kept: number;
}

export interface CaseLine {
  /** Case. */
  case_id: string;
  /** What it is a case of. */
  name: string;
  /** Turns. */
  turns: number;
  /** When it was kept. */
  created_at_ms: number;
  /** Whether the guide of now understands it as then. */
  kept: boolean;
  /** The first difference. */
  fault: string;
}

export interface SynonymProposals {
  /** Undecided first, then by strength; at most 500. */
  proposals: SynonymProposal[];
  /** Searches that were read to find them; 0 when they were only listed. */
  searches: number;
}

export interface SynonymProposal {
  /** Proposal. */
  proposal_id: string;
  /** One word, or several. */
  first: string;
  /** The other. */
  second: string;
  /** proposed, accepted (in use) or rejected. */
  state: SynonymState;
  /** How alike what was clicked for both is, 0..1. */
  agreement: number;
  /** Products that were clicked for both. */
  shared_products: number;
  /** Clicks of searches with the first. */
  clicks_first: number;
  /** Clicks of searches with the second. */
  clicks_second: number;
  /** Visits that clicked nothing for one of them, searched the other and clicked. */
  reformulations: number;
  /** Pairs of searches that differ in these words alone. */
  contexts: number;
  /** When it was found last. */
  found_at_ms: number;
  /** When it was decided; 0: not yet. */
  decided_at_ms: number;
  /** Searches it stands on. */
  examples: string[];
}

export type SynonymState = "proposed" | "accepted" | "rejected";

export interface DecideSynonymInput {
  /** Which proposal. */
  proposal_id: string;
  /** accept: used by search and guide at once, both ways; reject: not proposed again; reopen: takes either back. */
  decision: SynonymDecision;
}

export type SynonymDecision = "accept" | "reject" | "reopen";

export interface QualityExport {
  /** One line a talk, without anybody's words. */
  csv: string;
}

export interface ExportQualityInput {
  /** Talks that were active at or after, milliseconds; left out: the last 30 days. */
  from_ms?: number;
  /** Before, milliseconds. */
  to_ms?: number;
  /** Only talks with a turn about it. @default "" */
  topic?: string;
  /** settled, open, person, ordered or relaxed; empty: all. @default "" */
  outcome?: string;
}

export interface ForgetInput {
  /** Only this wish, and the consent stays; empty: all of them, and the consent is taken back. @default "" */
  constraint_id?: string;
}

export interface JudgementList {
  /** By query and product, at most 5,000. */
  judgements: Judgement[];
}

export interface Judgement {
  /** What is searched for. */
  query: string;
  /** Product. */
  product_id: string;
  /** 0 to 3. */
  grade: number;
  /** When. */
  judged_at_ms: number;
}

export interface JudgeResultsInput {
  /** What is searched for. */
  query: string;
  /** What fits how well. */
  products: JudgedProductInput[];
}

export interface JudgedProductInput {
  /** Product. */
  product_id: string;
  /** 0 does not fit, 1 partly, 2 fits, 3 exactly; left out: the judgement is taken back. @minimum 0 @maximum 3 */
  grade?: number;
}

export interface JudgementsInput {
  /** Only of this search; empty: of all. @default "" */
  query?: string;
}

export interface KeepCaseInput {
  /** The talk to keep; take care that nothing personal was said in it. */
  conversation_id: string;
  /** What it is a case of. */
  name: string;
}

export interface Learned {
  /** Of what is in use now. */
  version: number;
  /** Searches and talks it was learned from. */
  needs: number;
  /** Attributes that people speak of. */
  attributes: number;
  /** Cases that it was held to. */
  cases: number;
  /** Of them kept. */
  kept: number;
}

export interface Memory {
  /** Whether its owner has agreed to be remembered. */
  allowed: boolean;
  /** What is remembered. */
  wishes: Constraint[];
}

export interface ModelTrials {
  /** Model that the settings name. */
  model: string;
  /** Whether an address and a name are set. */
  configured: boolean;
  /** Whether that model speaks for the guide now. */
  in_use: boolean;
  /** Latest first, at most 10. */
  trials: ModelTrial[];
}

export interface ModelTrial {
  /** Trial; empty when the model was switched off. */
  trial_id: string;
  /** Model that was tried. */
  model: string;
  /** When. */
  tried_at_ms: number;
  /** Whether it beat the built-in guide. */
  passed: boolean;
  /** Whether it speaks for the guide now. */
  in_use: boolean;
  /** Talks that were finished with both. */
  talks: number;
  /** Talks that went better with the model. */
  better: number;
  /** Talks that went worse with it. */
  worse: number;
  /** Turns that a model may word. */
  worded: number;
  /** Of these, ended in its words. */
  words_used: number;
  /** Things that the built-in words tell about the goods shown in these turns. */
  told_by_guide: number;
  /** The same of what would be said with the model, every one verified. */
  told_by_model: number;
  /** Proposals of other products that met every limit. */
  proposals_adopted: number;
  /** Longest turn, milliseconds. */
  slowest_ms: number;
  /** Mean score of the talks with the built-in guide. */
  score_guide: number;
  /** Mean score with the model. */
  score_model: number;
  /** Words that could not be used, by reason. */
  refused: RefusedWords[];
  /** Why it was refused; empty when it passed. */
  faults: TrialFault[];
  /** Talk by talk. */
  rows: TriedTalk[];
}

export interface RefusedWords {
  /** Why: model_answer_untrue, model_answer_unfit, model_timeout, or what the endpoint failed with. */
  reason: string;
  /** In how many turns. */
  turns: number;
  /** The last of them. */
  example: string;
}

export interface TrialFault {
  /** talk_lost, words_unusable, tells_less or not_better. */
  reason: string;
  /** In words. */
  text: string;
}

export interface TriedTalk {
  /** Of the kept talk; what was looked for, of one made of the catalogue. */
  name: string;
  /** Kept by people of the shop, not made of the catalogue. */
  kept_by_people: boolean;
  /** Turns. */
  turns: number;
  /** How it went with the built-in guide. */
  guide: TalkOutcome;
  /** How it went with the model. */
  model: TalkOutcome;
  /** Of the model: worse when it is worse in anything. */
  verdict: TalkVerdict;
  /** In what: resolved, limits_kept, empty_ends, turns_to_fit, questions, person. */
  worse_in: string[];
  /** In what. */
  better_in: string[];
}

export interface TalkOutcome {
  /** Goods were shown that meet every limit, or the errand was done without a person. */
  resolved: boolean;
  /** After each turn the limits in force were those that should be. */
  limits_kept: boolean;
  /** A person was needed. */
  person: boolean;
  /** Turns that ended with nothing. */
  empty_ends: number;
  /** Turn in which goods that meet every limit were first shown, from 1; 0: in none. */
  turns_to_fit: number;
  /** Questions asked back. */
  questions: number;
  /** By the quality page; 80 at most without an order. */
  score: number;
}

export type TalkVerdict = "same" | "better" | "worse";

export interface News {
  /** open, with_person, handed_over or resolved; empty: no such conversation. */
  status: string;
  /** By people of the shop, oldest first. */
  said: SaidByPerson[];
  /** What is waited for in it; what has come is told by the guide in the next turn. */
  watches: WatchLine[];
}

export interface SaidByPerson {
  /** What somebody of the shop said. */
  text: string;
  /** When. */
  at_ms: number;
}

export interface WatchLine {
  /** Alert. */
  watch_id: string;
  /** SKU. */
  sku: string;
  /** Product; empty when it is no longer sold. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** price or stock. */
  kind: string;
  /** Price waited for, minor units; 0 for stock. */
  target_minor: number;
  /** Price now. */
  price_minor: number;
  /** Whether it has come true. */
  came: boolean;
}

export interface NewsOfInput {
  /** Secret of the conversation. */
  conversation_id: string;
  /** Only what was said after, milliseconds since 1970 UTC. @minimum 0 @maximum 1e+15 @default 0 */
  after_ms?: number;
}

export interface Nudge {
  /** none: nothing is to be said now. */
  kind: NudgeKind;
  /** For dialogue.answer_nudge. */
  nudge_id: string;
  /** One sentence for the shopper. */
  text: string;
  /** What to ask the guide when the shopper wants to know more. */
  say: string;
}

export type NudgeKind = "none" | "watch_came" | "delivery_late" | "basket_near";

export interface AskNudgeInput {
  /** The visitor's basket; empty without one. @default "" */
  basket_id?: string;
}

export interface HistoryOfInput {
  /** Which SKU. */
  sku: string;
}

export interface QualityReport {
  /** Talks in the span. */
  talks: number;
  /** Share settled. */
  settled: number;
  /** Share ordered. */
  ordered: number;
  /** Share that needed a person. */
  person: number;
  /** Share in which something had to give. */
  relaxed: number;
  /** Mean turns. */
  turns: number;
  /** Mean questions. */
  asked: number;
  /** Mean score. */
  score: number;
  /** Statements that the verifier stopped. */
  withheld: number;
  /** Share of all offers that met every limit stated until then, or missed only what the answer named; absent without offers. */
  constraint_true?: number;
  /** Day by day. */
  days: QualityDay[];
  /** Talks, latest first. */
  rows: TalkScore[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface QualityDay {
  /** Day, UTC. */
  day: string;
  /** Talks that began. */
  talks: number;
  /** Share settled. */
  settled: number;
  /** Share ordered. */
  ordered: number;
  /** Mean score. */
  score: number;
}

export interface TalkScore {
  /** Talk. */
  conversation_id: string;
  /** What its turns were about. */
  topics: string;
  /** First turn. */
  started_at_ms: number;
  /** Last turn. */
  last_at_ms: number;
  /** Turns. */
  turns: number;
  /** Questions asked back. */
  asked: number;
  /** Turns in which something had to give. */
  relaxed: number;
  /** Statements that the verifier stopped; all others were checked and true. */
  withheld: number;
  /** Slowest turn. */
  slowest_microseconds: number;
  /** 0 to 100. */
  score: number;
  /** Goods that it offered. */
  offered: number;
  /** Of these: met every limit stated until then, or missed only what the answer named. */
  offered_true: number;
  /** Something went into the basket, or an errand was done without a person. */
  settled: boolean;
  /** Its basket was ordered. */
  ordered: boolean;
  /** A person was needed. */
  person: boolean;
  /** Something went into the basket. */
  added: boolean;
}

export interface QualityOfInput {
  /** Talks that were active at or after, milliseconds; left out: the last 30 days. */
  from_ms?: number;
  /** Before, milliseconds. */
  to_ms?: number;
  /** Only talks with a turn about it. @default "" */
  topic?: string;
  /** settled, open, person, ordered or relaxed; empty: all. @default "" */
  outcome?: string;
  /** Rows per page. @minimum 1 @maximum 200 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface RankingState {
  /** The order in use. */
  order: ResultOrder;
  /** What was learned and how the orders compare. */
  report: RankingReport;
  /** Whether the hybrid order looks at the plugged encoder: its figures with it then count. */
  hybrid_with_encoder: boolean;
  /** The same of the learned order. */
  learned_with_encoder: boolean;
  /** Whether goods of likely categories are lifted, and what that does to the judged searches. */
  category_boost: CategoryBoost;
}

export type ResultOrder = "words" | "hybrid" | "learned";

export interface RankingReport {
  /** Whether anything was learned yet. */
  trained: boolean;
  /** When. */
  trained_at_ms: number;
  /** Products it knows. */
  products: number;
  /** Words with a vector. */
  words: number;
  /** Results shown that it learned from. */
  searches_shown: number;
  /** Clicks among them. */
  clicks: number;
  /** Queries that people judged. */
  judged_by_people: number;
  /** Queries that the orders were compared on, none learned from when it was. */
  held_out_queries: number;
  /** Trees of the learned order. */
  trees: number;
  /** Weight of meaning beside the words in the hybrid order. */
  vector_share: number;
  /** Share of results that were shown in more than one place: what the estimate of places stands on. */
  moved: number;
  /** Clicked queries whose likely category was held against the category of the goods chosen; none learned from when it was. */
  category_queries: number;
  /** Share whose likeliest category was the chosen one, by the catalogue's texts alone, 0..1. */
  category_right_by_texts: number;
  /** The same with what was learned from the other queries' clicks. */
  category_right: number;
  /** The hybrid order beside the words. */
  hybrid: OrderFigures;
  /** The learned order beside the words. */
  learned: OrderFigures;
  /** The plugged text encoder and what it adds. */
  encoder: EncoderReport;
  /** How much each place is looked at. */
  places: PlaceSeen[];
  /** What the trees look at most. */
  features: FeatureGain[];
}

export interface OrderFigures {
  /** NDCG@10 of the words' order over the held-out queries, 0..1. */
  ndcg_words: number;
  /** NDCG@10 of this order over the same. */
  ndcg: number;
  /** 5 % point of the mean difference (bootstrap over queries). */
  difference_low: number;
  /** Queries among them that people judged. */
  judged_queries: number;
  /** NDCG@10 of the words' order over those alone. */
  judged_ndcg_words: number;
  /** NDCG@10 of this order over those alone. */
  judged_ndcg: number;
  /** Whether it may be used: on enough queries, not below the words over all, nor over those that people judged. */
  allowed: boolean;
}

export interface EncoderReport {
  /** Its model; empty: none was plugged in. */
  name: string;
  /** Why not all texts could be sent; empty: they were. */
  problem: string;
  /** Components of its vectors. */
  dimensions: number;
  /** Texts that have a vector. */
  texts: number;
  /** Texts sent for it when this was learned; what was sent before is kept. */
  sent: number;
  /** The hybrid order with it, beside the words. */
  hybrid: OrderFigures;
  /** The learned order with it, beside the words. */
  learned: OrderFigures;
}

export interface PlaceSeen {
  /** Place in the results, from 1. */
  place: number;
  /** Chance that it is looked at, relative to the first, 0..1. */
  examined: number;
}

export interface FeatureGain {
  /** What is looked at. */
  name: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
  /** Share of what the trees gained, 0..1. */
  share: number;
}

export interface CategoryBoost {
  /** Searches judged with different grades. */
  judged_queries: number;
  /** Their mean NDCG@10 with goods of likely categories lifted, 0..1. */
  ndcg_with: number;
  /** The same without. */
  ndcg_without: number;
  /** Whether they are lifted: not when that is worse for what was judged. */
  in_use: boolean;
}

export interface WhichCaseInput {
  /** Which case. */
  case_id: string;
}

export interface Replay {
  /** In order. */
  turns: ReplayedTurn[];
}

export interface ReplayedTurn {
  /** From 0. */
  turn: number;
  /** When. */
  at_ms: number;
  /** How long the answer took to make. */
  microseconds: number;
  /** Statements that were stopped. */
  withheld: number;
  /** What it was about. */
  topic: string;
  /** What was said. */
  shopper: string;
  /** What was answered. */
  guide: string;
  /** How the answer came about. */
  trace: TurnTrace;
}

export interface TurnTrace {
  /** Requests that the words were taken for, in order. */
  requests: string[];
  /** What each wanted. */
  intents: string[];
  /** Limits in force, in the shopper's language. */
  understood: string[];
  /** Limits that nothing met. */
  given_up: string[];
  /** SKUs that were shown. */
  shown: string[];
  /** Limits that came from what was remembered. */
  remembered: string[];
  /** Words that only ranked. */
  free_text: string;
  /** What was asked back. */
  question: string;
  /** Information expected of the answer, bits. */
  question_bits: number;
  /** Products that met everything. */
  candidates: number;
  /** Whether something had to give. */
  relaxed: boolean;
}

export interface WhichTalkInput {
  /** Which talk. */
  conversation_id: string;
}

export interface SearchAnswer {
  /** Products, best first. */
  cards: Card[];
  /** How many fit; exact. */
  total: number;
  /** Exact counts. */
  facets: Facet[];
  /** Limits read from the words; can be ignored. */
  understood: Constraint[];
  /** Words that were read otherwise. */
  corrections: Correction[];
  /** Empty at the end. */
  next_page_token: string;
  /** How they are ordered. */
  order: ResultOrder;
  /** No product has the words; these are nearest in meaning. */
  near_in_meaning: boolean;
  /** Why each card stands where it does, when asked for. */
  why: WhyRank[];
  /** With a photo: how like it each card is. */
  alike: LikePhoto[];
  /** Words above the list, set by the owner. */
  banner_en: string;
  /** The same in Chinese. */
  banner_zh: string;
  /** Path of the shop that the banner leads to. */
  banner_link: string;
  /** Path of the shop that the owner leads this query to. */
  redirect: string;
  /** Which categories the words may mean though they name none, likeliest first; goods of them stand higher. */
  likely_categories: LikelyCategory[];
  /** Values that the words speak for though they name none, likeliest first: a preference, no limit; goods that have them stand a little higher. */
  foreseen: ForeseenValue[];
  /** When nothing fits: the nearest that there is. */
  nearest: Card[];
  /** How `nearest` was come by: limits (those of given_up were left out), words (it has only some of them), popular (nothing here answers the words: what is well liked), none (there is none). */
  nearest_by: NearestBy;
  /** Limits that were read from the words and that the cards, or `nearest`, do not meet: because nothing does, or, of kind `number` without an attribute, because nothing here can be held against them (another currency, an amount that no goods have). */
  given_up: Constraint[];
  /** Goods that were asked for and that this shop does not have, as they were written. */
  missing: string[];
  /** What was said of a person or of a trouble and nothing here is made for; for a present, what is liked is shown. */
  unanswered: string[];
  /** What the words want: buy (goods), compare, support (an order, a return, a rule of the shop, a person) or chat; what is no search for goods is for the guide. */
  intent: SearchIntent;
}

export interface Facet {
  /** Attribute identifier, category, brand or price. */
  name: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
  /** Unit of min and max. */
  unit: string;
  /** Values, most frequent first. */
  values: FacetValue[];
  /** Smallest number. */
  min?: number;
  /** Largest number. */
  max?: number;
  /** Products counted. */
  products: number;
}

export interface FacetValue {
  /** To be sent back in a filter. */
  value: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
  /** Products that have it, given all other filters; exact. */
  count: number;
}

export interface Correction {
  /** As typed. */
  from: string;
  /** As understood. */
  to: string;
}

export interface WhyRank {
  /** Product. */
  product_id: string;
  /** Its place, from 1. */
  place: number;
  /** Its place by the words alone. */
  place_by_words: number;
  /** Its score in the order in use. */
  score: number;
  /** What made the score, most first; they add up to it, less what all share. */
  reasons: RankReason[];
}

export interface RankReason {
  /** What was looked at. */
  name: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
  /** What it was for this product, as people count: a place from 1, units, a price as a share of the middle one's. Left out: not known. */
  value?: number;
  /** What it added to the score. */
  part: number;
}

export interface LikePhoto {
  /** Product. */
  product_id: string;
  /** How like the photo its likest picture is: mean of two cosines, 1 the same; 0.6 and above is much alike. */
  likeness: number;
  /** In what it is nearer than 19 of 20 of this shop's pictures: colour, shape, texture. */
  in: Aspect[];
}

export type Aspect = "colour" | "shape" | "texture";

export interface LikelyCategory {
  /** Category, to be sent back as category_id. */
  category_id: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
  /** How likely it is meant, 0..1, by the words of titles and by what was clicked. */
  probability: number;
  /** Results in it, exact. */
  products: number;
}

export interface ForeseenValue {
  /** Attribute, to be sent back as the name of a filter; brand: the brand. */
  attribute: string;
  /** Its name in English. */
  attribute_en: string;
  /** In Chinese. */
  attribute_zh: string;
  /** Value, to be sent back in that filter. */
  value: string;
  /** In English. */
  value_en: string;
  /** In Chinese. */
  value_zh: string;
  /** How likely it is wanted, 0..1, by the goods that the words are said of and by what was clicked. */
  probability: number;
  /** The word that speaks for it most. */
  word: string;
}

export type NearestBy = "none" | "limits" | "words" | "popular";

export type SearchIntent = "buy" | "compare" | "support" | "chat";

export interface SearchInput {
  /** Words to look for; empty: everything. @default "" */
  query?: string;
  /** Only in this category and below. @default "" */
  category_id?: string;
  /** All must hold. @default [] */
  filters?: SearchFilterInput[];
  /** Lowest price, minor units. @minimum 0 @maximum 1e+15 */
  price_min_minor?: number;
  /** Highest price, minor units. @minimum 0 @maximum 1e+15 */
  price_max_minor?: number;
  /** Only what can be sent now. @default false */
  in_stock?: boolean;
  /** Order. @default "relevance" */
  sort?: SearchSort;
  /** Facets wanted by name; empty: the most telling ones; none: none are counted. @default [] */
  facets?: string[];
  /** Constraints read from the words that shall not count, by constraint_id. @default [] */
  ignore?: string[];
  /** Cards per page. @minimum 1 @maximum 100 @default 24 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
  /** Language of the answer, zh or en; empty: the caller's. @default "" */
  locale?: string;
  /** Only what looks like this photo (pictures.upload), the likest first; words and filters count as ever. @default "" */
  picture_id?: string;
  /** Say why each result stands where it does; for people of the shop. @default false */
  explain?: boolean;
  /** Which of the owner's rules of lists count: all, shared (for everybody) or none. @default "all" */
  rules?: RuleUse;
  /** Rules to count as if they ran; staff only. @default [] */
  rule_drafts?: MerchandisingRuleInput[];
}

export interface SearchFilterInput {
  /** Attribute identifier, brand, or category (values are category ids). */
  name: string;
  /** Values in either language; any of them. @default [] */
  values?: string[];
  /** Smallest number, in the unit of the facet. */
  min?: number;
  /** Largest number, same unit. */
  max?: number;
}

export type SearchSort = "relevance" | "price_up" | "price_down" | "newest" | "popular" | "rating";

export type RuleUse = "all" | "shared" | "none";

export interface MerchandisingRuleInput {
  /** The shop's identifier of it; empty: a new one. @default "" */
  rule_id?: string;
  /** What it is for, for staff. */
  title: string;
  /** Only when shoppers search for these words; empty: any words, and lists without any. @default "" */
  query?: string;
  /** Only in lists of this category and below; empty: any. @default "" */
  category_id?: string;
  /** list, search or guide; empty: all three. @default [] */
  places?: Place[];
  /** Products on top, in this order, as far as they fit what the shopper demands. @default [] */
  pin?: string[];
  /** Goods to boost or to bury. @default [] */
  move?: StrengthInput[];
  /** Products that are not shown here. @default [] */
  hide?: string[];
  /** Words above the list, in English. @default "" */
  banner_en?: string;
  /** Words above the list, in Chinese. @default "" */
  banner_zh?: string;
  /** Where the banner leads: a path of the shop, such as /c/dresses. @default "" */
  banner_link?: string;
  /** Where this query leads instead: a path of the shop. @default "" */
  redirect?: string;
  /** From when, milliseconds; left out: now. @minimum 0 @maximum 1e+15 */
  starts_at_ms?: number;
  /** Until when; left out: for good. @minimum 0 @maximum 1e+15 */
  ends_at_ms?: number;
  /** Only for visitors in an arm of this experiment; empty: everybody. @default "" */
  experiment_id?: string;
  /** Which arm. @default "" */
  arm_id?: string;
}

export type Place = "list" | "search" | "guide";

export interface StrengthInput {
  /** Products. @default [] */
  product_ids?: string[];
  /** Brands. @default [] */
  brands?: string[];
  /** A category and those below it. @default "" */
  category_id?: string;
  /** As if the place in the list were this many times smaller: 2 boosts, 0.5 buries. @minimum 0.01 @maximum 100 */
  strength: number;
}

export interface SearchReport {
  /** Searches in the period. */
  searches: number;
  /** Of these, of a visit whose clicks are known. */
  of_visits: number;
  /** Where they came from, whatever channel was asked for. */
  channels: SearchChannel[];
  /** Different queries. */
  queries: number;
  /** Visits that searched. */
  visits: number;
  /** Searches without a result. */
  without_results: number;
  /** Searches that led to a click. */
  clicked: number;
  /** Visits that searched and bought. */
  visits_with_order: number;
  /** Mean rank of what was clicked. */
  mean_position?: number;
  /** Day by day, all days of the period. */
  days: SearchDay[];
  /** By number of searches. */
  most_searched: SearchedQuery[];
  /** Whose latest search had no result, by number of searches. */
  nothing_found: SearchedQuery[];
  /** With results that are clicked least for how often they were searched (at least ten times). */
  seldom_clicked: SearchedQuery[];
}

export interface SearchChannel {
  /** page, api, agents or guide. */
  channel: string;
  /** Searches from there. */
  searches: number;
  /** Of these, without a result. */
  without_results: number;
}

export interface SearchDay {
  /** Day in the shop's zone, days since 1970. */
  day: number;
  /** Searches. */
  searches: number;
  /** Of these, without a result. */
  without_results: number;
  /** Of these, with a click. */
  clicked: number;
}

export interface SearchedQuery {
  /** As it was first written. */
  query: string;
  /** How often it was searched. */
  searches: number;
  /** In how many visits. */
  visits: number;
  /** Results of the latest search. */
  results?: number;
  /** Searches of visits that led to a click, 0..1. */
  click_share: number;
  /** Visits with it that ended in a purchase, 0..1. */
  order_share: number;
  /** Mean rank of what was clicked, from 1. */
  mean_position?: number;
  /** Where it was searched, most often first: page, api, agents, guide. */
  channels: string[];
  /** Which categories a search for it is taken to mean today, though it names none; without counts of products. */
  likely_categories: LikelyCategory[];
  /** Which values it is taken to prefer today, though it names none. */
  foreseen: ForeseenValue[];
  /** What it is taken to want today: buy, compare, support or chat. */
  intent: SearchIntent;
}

export interface AskSearchReportInput {
  /** How many days back, today included. @minimum 1 @maximum 366 @default 28 */
  days?: number;
  /** Queries in each list. @minimum 1 @maximum 500 @default 50 */
  limit?: number;
  /** Only searches from there: page, api, agents or guide; empty: all. @default "" */
  channel?: string;
}

export interface StopWatchInput {
  /** Of a guest: the conversation. @default "" */
  conversation_id?: string;
  /** Which alert. */
  watch_id: string;
}

export interface Suggestions {
  /** Words and phrases of this shop. */
  completions: string[];
  /** Categories that fit. */
  categories: SuggestedCategory[];
  /** Products that fit. */
  products: Card[];
}

export interface SuggestedCategory {
  /** Category. */
  category_id: string;
  /** In English. */
  label_en: string;
  /** In Chinese. */
  label_zh: string;
}

export interface SuggestInput {
  /** What was typed so far. */
  text: string;
  /** zh or en; empty: the caller's. @default "" */
  locale?: string;
  /** Most of each kind. @minimum 1 @maximum 20 @default 6 */
  limit?: number;
}

export interface SwitchModel {
  /** true: try the model on the regression set and use it when it is better; false: the built-in guide alone. */
  on: boolean;
}

export interface SwitchRanking {
  /** words, hybrid or learned. */
  order: ResultOrder;
}

export interface WatchList {
  /** What is waited for, oldest first. */
  watches: WatchLine[];
}

export interface WatchesOfInput {
  /** Of a guest: the conversation; whoever is signed in leaves it empty. @default "" */
  conversation_id?: string;
}

export interface RecordEventsInput {
  /** Events in the order they happened. */
  events: EventInput[];
}

export interface EventInput {
  /** visit, list, search, impression (a result that was shown), click, view, cart, dialogue, purchase or another word. */
  kind: string;
  /** When; left out: now. */
  at_ms?: number;
  /** Visit it belongs to. @default "" */
  session_id?: string;
  /** Customer, if known. @default "" */
  customer_id?: string;
  /** Product, if any. @default "" */
  product_id?: string;
  /** What was searched or asked; the category of a list. @default "" */
  query?: string;
  /** web, guide, agent, app …, or where the visit came from. @default "" */
  channel?: string;
  /** How many results a search had. @minimum 0 @maximum 1e+12 */
  results?: number;
  /** Rank of what was shown or clicked, from 1. @minimum 1 @maximum 1e+06 */
  position?: number;
}

export interface BanditShares {
  /** Of the arms in their order, adding up to 1. */
  shares: number[];
}

export interface ExperimentIdInput {
  /** Which experiment. */
  experiment_id: string;
}

export interface AssignedArm {
  /** The visitor's arm; empty: the experiment does not run, or the visitor is not known. */
  arm_id: string;
}

export interface AssignVisitorInput {
  /** Which experiment. */
  experiment_id: string;
  /** Which visitor; a shopper's own visit counts by itself. @default "" */
  session_id?: string;
}

export interface HeldOutAnswer {
  /** Whether an experiment holds it out from some visitors. */
  running: boolean;
  /** Whether from this one. */
  without: boolean;
}

export interface AskHeldOutInput {
  /** guide or recommendations. */
  what: HeldOut;
  /** Which visitor; a shopper's own visit counts by itself. @default "" */
  session_id?: string;
}

export type HeldOut = "nothing" | "guide" | "recommendations";

export interface ExperimentList {
  /** Newest first. */
  experiments: ExperimentLine[];
}

export interface ExperimentLine {
  /** The experiment. */
  experiment: Experiment;
  /** running or stopped. */
  state: ExperimentState;
  /** Since. */
  started_at_ms: number;
  /** Until. */
  stopped_at_ms?: number;
  /** What was concluded. */
  note: string;
}

export interface Experiment {
  /** The shop's identifier of it; empty: a new one. */
  experiment_id: string;
  /** What is tried, in English; at least one of the two is needed. */
  title_en: string;
  /** What is tried, in Chinese. */
  title_zh: string;
  /** split: fixed shares; bandit: shares follow what does best. */
  kind: ExperimentKind;
  /** Two to ten; the first is the control: what there was before. */
  arms: ExperimentArm[];
  /** conversion, basket or click: share of visitors that do so; revenue, margin: minor units a visitor. A bandit needs one of the first three. */
  metric: Metric;
  /** Which event makes a visitor a subject: visit (any), search, impression or view. */
  exposure: Exposure;
  /** What the first arm does without: nothing, guide (the storefront shows it no guide) or recommendations (best sellers instead). Its value is booked under that scenario; one at a time. */
  holds_out: HeldOut;
  /** With exposure search or impression: only of these words; empty: any. */
  query: string;
  /** How often a difference may be claimed where there is none, over all looks together. @minimum 1e-04 @maximum 0.5 */
  error_rate: number;
  /** Visitors in all at which the interval shall be narrowest. @minimum 100 @maximum 1e+09 */
  planned_visitors: number;
}

export type ExperimentKind = "split" | "bandit";

export interface ExperimentArm {
  /** Identifier of the arm, named by rules. */
  arm_id: string;
  /** What it shows. */
  title: string;
  /** Part of visitors, on any scale; a bandit begins with it. @minimum 0.001 @maximum 1e+06 */
  share: number;
}

export type Metric = "conversion" | "basket" | "click" | "revenue" | "margin";

export type Exposure = "visit" | "search" | "impression" | "view";

export type ExperimentState = "running" | "stopped";

export interface ExperimentReading {
  /** What is tried. */
  experiment: Experiment;
  /** running or stopped. */
  state: ExperimentState;
  /** Since. */
  started_at_ms: number;
  /** Subjects in all. */
  visitors: number;
  /** ISO 4217 code of money metrics. */
  currency: string;
  /** Each arm, the control first. */
  arms: ArmReading[];
  /** Always-valid p value that visitors fall into arms as planned; of a split. */
  sample_ratio_p: number;
  /** Visitors do not fall into arms as planned (p below .001): do not read the rest. */
  broken: boolean;
  /** How the first comparison narrowed, at up to 40 moments. */
  course: CoursePoint[];
}

export interface ArmReading {
  /** Arm; the first is the control. */
  arm_id: string;
  /** What it shows. */
  title: string;
  /** Subjects in it. */
  visitors: number;
  /** Of these with a value above 0. */
  with_event: number;
  /** Its share of visitors now, 0..1. */
  share: number;
  /** Mean of the metric a visitor: a share, or minor units. */
  mean: number;
  /** Mean less the control's; absent for the control. */
  difference?: number;
  /** The difference is at least this; absent while there are too few visitors. */
  low?: number;
  /** And at most this. */
  high?: number;
  /** Always-valid p value. */
  p?: number;
}

export interface CoursePoint {
  /** When the last of these visitors came. */
  at_ms: number;
  /** Subjects until then, all arms. */
  visitors: number;
  /** Of the first arm after the control. */
  difference: number;
  /** At least. */
  low?: number;
  /** At most. */
  high?: number;
}

export interface StartExperimentInput {
  /** The experiment, whole. Once started its arms and shares stay; start another one to try something else. */
  experiment: ExperimentInput;
}

export interface ExperimentInput {
  /** The shop's identifier of it; empty: a new one. @default "" */
  experiment_id?: string;
  /** What is tried, in English; at least one of the two is needed. @default "" */
  title_en?: string;
  /** What is tried, in Chinese. @default "" */
  title_zh?: string;
  /** split: fixed shares; bandit: shares follow what does best. @default "split" */
  kind?: ExperimentKind;
  /** Two to ten; the first is the control: what there was before. */
  arms: ExperimentArmInput[];
  /** conversion, basket or click: share of visitors that do so; revenue, margin: minor units a visitor. A bandit needs one of the first three. @default "conversion" */
  metric?: Metric;
  /** Which event makes a visitor a subject: visit (any), search, impression or view. @default "visit" */
  exposure?: Exposure;
  /** What the first arm does without: nothing, guide (the storefront shows it no guide) or recommendations (best sellers instead). Its value is booked under that scenario; one at a time. @default "nothing" */
  holds_out?: HeldOut;
  /** With exposure search or impression: only of these words; empty: any. @default "" */
  query?: string;
  /** How often a difference may be claimed where there is none, over all looks together. @minimum 1e-04 @maximum 0.5 @default 0.05 */
  error_rate?: number;
  /** Visitors in all at which the interval shall be narrowest. @minimum 100 @maximum 1e+09 @default 10000 */
  planned_visitors?: number;
}

export interface ExperimentArmInput {
  /** Identifier of the arm, named by rules. */
  arm_id: string;
  /** What it shows. @default "" */
  title?: string;
  /** Part of visitors, on any scale; a bandit begins with it. @minimum 0.001 @maximum 1e+06 @default 1 */
  share?: number;
}

export interface StoppedExperiment {
  /** Experiment. */
  experiment_id: string;
  /** Entry in the ledger; empty: nothing was booked. */
  ledger_entry_id: string;
  /** What was booked, minor units. */
  booked_minor?: number;
}

export interface StopExperimentInput {
  /** Which experiment. */
  experiment_id: string;
  /** What was concluded. @default "" */
  note?: string;
  /** Book what the best arm earned above the control while it ran, when the metric is money and the difference is certain. @default true */
  book?: boolean;
}

export interface SwitchValue {
  /** Visitors in the log. */
  visitors: number;
  /** Mean of the metric as it was. */
  now: number;
  /** Mean it would have been: doubly robust; with shrunk weights while too few visitors speak of it. */
  value: number;
  /** Of the doubly robust estimate. */
  standard_error: number;
  /** By importance weights alone. */
  ips: number;
  /** By normalised importance weights. */
  snips: number;
  /** How many visitors of the log speak of these shares. */
  effective_visitors: number;
  /** Whether they are enough (100). */
  readable: boolean;
}

export interface AskSwitchInput {
  /** Which experiment. */
  experiment_id: string;
  /** Shares to try, of the arms in their order, on any scale; 0 leaves an arm out. */
  shares: number[];
}

export interface WrittenExport {
  /** In the folder exports of the data folder, for a day; empty in a dry run. */
  file_name: string;
  /** Where staff may fetch it. */
  url: string;
  /** Rows. */
  rows: number;
  /** Size. */
  bytes: number;
}

export interface WriteExportInput {
  /** products, customers or orders; customers need customers.read as well. */
  table: ExportTable;
  /** csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB. @default "csv" */
  format?: ExportFormat;
}

export type ExportTable = "products" | "customers" | "orders";

export type ExportFormat = "csv" | "jsonl" | "parquet";

export interface ExportedFacts {
  /** In the folder exports of the data folder. */
  file_name: string;
  /** Rows written. */
  rows: number;
  /** Size. */
  bytes: number;
}

export interface ExportFactsInput {
  /** Which table. */
  table: string;
  /** csv: read by every spreadsheet; parquet: for analysis, needs DuckDB. @default "csv" */
  format?: FactsFormat;
}

export type FactsFormat = "parquet" | "csv";

export interface FactsAnswer {
  /** Columns. */
  columns: AnswerColumn[];
  /** Each a list with a value for each column; days as texts. */
  rows: JsonValue[];
  /** Whether the limit left rows out. */
  more: boolean;
  /** Whether everything recorded before the question counts. */
  current: boolean;
}

export interface AnswerColumn {
  /** Name. */
  name: string;
  /** integer, real, day, text or boolean. */
  type: string;
}

export interface FactsQueryInput {
  /** order_lines, events, stock_moves or daily_sales. */
  table: string;
  /** Conditions, all of which must hold. @default [] */
  where?: FactConditionInput[];
  /** One row for each combination of these, at most three. @default [] */
  group_by?: FactKeyInput[];
  /** What to compute of each group; without groups, of all rows. @default [] */
  measures?: FactMeasureInput[];
  /** Instead of groups and measures: rows as they are, with these columns. @default [] */
  columns?: string[];
  /** Order of the answer. @default [] */
  order?: FactOrderInput[];
  /** Most rows. @minimum 1 @maximum 1e+05 @default 1000 */
  limit?: number;
}

export interface FactConditionInput {
  /** Which column. */
  column: string;
  /** How it compares; starts_with and contains are for texts. @default "is" */
  test?: FactTest;
  /** A number, a text, true or false, a day as "2026-01-31"; for one_of a list of them. */
  value: JsonValue;
}

export type FactTest = "is" | "is_not" | "less" | "at_most" | "greater" | "at_least" | "one_of" | "starts_with" | "contains";

export interface FactKeyInput {
  /** Which column. */
  column: string;
  /** Of a day: week (its Monday), month (its first), year, or weekday from 1, Monday, to 7. @default "value" */
  step?: FactStep;
}

export type FactStep = "value" | "week" | "month" | "year" | "weekday";

export interface FactMeasureInput {
  /** What to compute. @default "count" */
  kind?: FactMeasureKind;
  /** Of which column; count needs none. @default "" */
  column?: string;
  /** For a sum: multiplied by this column, row by row (quantity x unit_price_minor). @default "" */
  times?: string;
  /** Name in the answer; empty: made from kind and column. @default "" */
  name?: string;
}

export type FactMeasureKind = "count" | "sum" | "minimum" | "maximum" | "average" | "distinct";

export interface FactOrderInput {
  /** A column of the answer. */
  column: string;
  /** Direction. @default "ascending" */
  direction?: FactDirection;
}

export type FactDirection = "ascending" | "descending";

export interface RebuiltFacts {
  /** All tables. */
  tables: RebuiltTable[];
}

export interface RebuiltTable {
  /** Name. */
  table: string;
  /** Rows now. */
  rows: number;
}

export interface RebuildFactsInput {
  /** Which tables; empty: all. @default [] */
  tables?: string[];
}

export interface FactsSqlInput {
  /** One SELECT in DuckDB's SQL over order_lines, events, stock_moves and daily_sales. */
  sql: string;
  /** An answer with more rows is refused. @minimum 1 @maximum 1e+05 @default 10000 */
  max_rows?: number;
  /** Longest time for the statement. @minimum 1 @maximum 120000 @default 30000 */
  timeout_ms?: number;
}

export interface FactsStatus {
  /** The fact tables. */
  tables: FactTableStatus[];
  /** What kept the last catch-up from succeeding; empty: nothing. */
  problem: string;
}

export interface FactTableStatus {
  /** Name. */
  table: string;
  /** ready, behind, missing, outdated or damaged; all but the first two are mended at the next catch-up. */
  state: string;
  /** Rows. */
  rows: number;
  /** On disk. */
  bytes: number;
  /** Rows of the shop's state that are not in it yet. */
  behind: number;
  /** How far the shop's state was read. */
  watermark: string;
  /** Its columns. */
  columns: FactColumn[];
}

export interface FactColumn {
  /** Name. */
  name: string;
  /** integer, real, day, text or boolean. */
  type: string;
  /** What it holds. */
  meaning: string;
}

export interface Targets {
  /** All targets, by name. */
  targets: Target[];
}

export interface Target {
  /** Target. */
  target_id: string;
  /** Name. */
  name: string;
  /** Address of the Feed API. */
  url: string;
  /** Address of the shop in links. */
  shop_url: string;
  /** Language. */
  locale: string;
  /** Market; may be empty. */
  country: string;
  /** The feed there; empty: none yet. */
  feed_id: string;
  /** What went wrong the last time; empty: nothing. */
  note: string;
  /** A key is kept. */
  has_key: boolean;
  /** Products that it holds of this shop. */
  products: number;
  /** Last push that went through; 0: never. */
  pushed_at_ms: number;
}

export interface ProductsPage {
  /** Active products, by id. */
  products: FeedProduct[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface FeedProduct {
  /** Product. */
  id: string;
  /** Title. */
  title: string;
  /** Description; the title where there is none. */
  description: FeedDescription;
  /** Its page. */
  url: string;
  /** Pictures. */
  media: FeedMedia[];
  /** What can be bought. */
  variants: FeedVariant[];
}

export interface FeedDescription {
  /** Plain text. */
  plain: string;
}

export interface FeedMedia {
  /** image. */
  type: string;
  /** Where it is. */
  url: string;
  /** What it shows; may be empty. */
  alt_text: string;
}

export interface FeedVariant {
  /** SKU: what a checkout takes. */
  id: string;
  /** Title with what tells it from its siblings. */
  title: string;
  /** Its page. */
  url: string;
  /** GTIN, if there is one. */
  barcodes: FeedBarcode[];
  /** Price now. */
  price: FeedPrice;
  /** Former price, when higher. */
  list_price?: FeedPrice;
  /** Whether it can be bought. */
  availability: FeedAvailability;
  /** Category. */
  categories: FeedCategory[];
  /** What tells it from its siblings. */
  variant_options: FeedOption[];
  /** Who sells it. */
  seller: FeedSeller;
}

export interface FeedBarcode {
  /** GTIN. */
  type: string;
  /** The code. */
  value: string;
}

export interface FeedPrice {
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217 code. */
  currency: string;
}

export interface FeedAvailability {
  /** Can be bought now. */
  available: boolean;
  /** in_stock, limited_stock, out_of_stock or discontinued. */
  status: string;
}

export interface FeedCategory {
  /** Names from the top, with > between. */
  value: string;
  /** merchant. */
  taxonomy: string;
}

export interface FeedOption {
  /** Such as Colour. */
  name: string;
  /** Such as Red. */
  value: string;
}

export interface FeedSeller {
  /** The shop. */
  name: string;
  /** Its policies. */
  links: FeedLink[];
}

export interface FeedLink {
  /** refund_policy or shipping_policy. */
  type: string;
  /** Its name. */
  title: string;
  /** Where it is. */
  url: string;
}

export interface AskProductsInput {
  /** Address of the shop, such as https://shop.example; links begin with it. */
  shop_url: string;
  /** en or zh; empty: the shop's. @default "" */
  locale?: string;
  /** Products per page. @minimum 1 @maximum 500 @default 100 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface Pushed {
  /** The feed there. */
  feed_id: string;
  /** Active products of the shop. */
  products: number;
  /** New or changed: sent. */
  sent: number;
  /** No longer sold: sent for the last time. */
  discontinued: number;
  /** As they were: not sent. */
  unchanged: number;
  /** Requests made. */
  requests: number;
}

export interface PushInput {
  /** Where to. */
  target_id: string;
  /** Send unchanged products, too. @default false */
  everything?: boolean;
}

export interface TargetNameInput {
  /** Target. */
  target_id: string;
}

export interface TargetName {
  /** Target. */
  target_id: string;
}

export interface SaveTargetInput {
  /** Target to change; empty: a new one. @default "" */
  target_id?: string;
  /** Name for people. */
  name: string;
  /** Address of the agent's Feed API, before /feeds: https, or http on this machine. */
  url: string;
  /** Address under which shoppers reach this shop. */
  shop_url: string;
  /** Language of the feed: en or zh. */
  locale: string;
  /** ISO 3166-1 code of the market in two capitals; empty: none. @default "" */
  country?: string;
  /** Key for that API, sent as a bearer token; left out: as it was. */
  key?: string;
}

export interface AccuracyReport {
  /** What was scored. */
  kind: ScoreKind;
  /** Forecasts in it. */
  runs: number;
  /** The model that is trusted. */
  champion: Model;
  /** By model, level and horizon. */
  rows: Accuracy[];
  /** The models beside the champion. */
  models: ModelLoss[];
  /** Places, by the model that was trusted; empty where sales are not known by place. */
  places: PlaceAccuracy[];
  /** Edits whose days are over. */
  edits_scored: number;
  /** Those that came nearer. */
  edits_helped: number;
  /** Units nearer in all; below 0: they did harm. */
  edits_helped_units: number;
}

export type ScoreKind = "backtest" | "kept" | "looked_back";

export type Model = "smoothing" | "yearly" | "signals" | "seasonal_naive" | "calendar" | "boosted";

export interface Accuracy {
  /** The model. */
  model: Model;
  /** Level. */
  level: Level;
  /** Of these days ahead, the first. */
  from_day: number;
  /** The last; left out: all that are forecast. */
  to_day?: number;
  /** Nodes times days. */
  points: number;
  /** Units that came. */
  sold: number;
  /** Sum of |misses| divided by what came. */
  wape: number;
  /** Sum of (forecast - came) divided by what came. */
  bias: number;
  /** Mean |miss| beside the mean change of a week. */
  mase?: number;
  /** Mean quantile loss, doubled, divided by what came a node and day; reads like wape. */
  pinball: number;
  /** Share of days inside the middle half. */
  in_50: number;
  /** Inside 10 % to 90 %. */
  in_80: number;
  /** Inside 5 % to 95 %. */
  in_90: number;
  /** wape divided by that of the week before repeated; below 1: better. Of goods that sell on few days it says little: nothing at all, forecast for every day, has a wape of 1 and beats both. */
  beside_naive?: number;
  /** Sum of |misses| of sums of 28 days divided by what came: what a reorder or a list of the next four weeks rests on; absent: no 28 days are over. */
  wape_28?: number;
  /** wape_28 divided by that of the week before repeated. */
  beside_naive_28?: number;
  /** Root of the mean squared miss of a day, divided by that of the week before repeated; a mean is judged by it. */
  rmse_beside_naive?: number;
}

export type Level = "total" | "category" | "product" | "variant";

export interface ModelLoss {
  /** The model. */
  model: Model;
  /** Its loss divided by the champion's, mean over the levels. */
  loss: number;
}

export interface PlaceAccuracy {
  /** Place. */
  place_id: string;
  /** Days that were forecast and came. */
  days: number;
  /** Units wanted of it: what it sent, and estimates for empty shelves and for days whose place is not known. */
  sold: number;
  /** Sum of |misses| of its days divided by what was wanted of it. */
  wape: number;
  /** Sum of (forecast - wanted) divided by what was wanted. */
  bias: number;
  /** wape divided by that of the place's week before repeated; below 1: better. */
  beside_naive?: number;
  /** The same of sums of 28 days; absent: no 28 days are over. */
  wape_28?: number;
}

export interface AskAccuracyInput {
  /** kept: forecasts made before the days came, all runs together; looked_back: made for days known already; backtest: the newest run's own earlier origins. Left out: kept when there is any, else backtest. */
  kind?: ScoreKind;
  /** Only this forecast. @default "" */
  run_id?: string;
}

export interface ChosenModel {
  /** Trusted now. */
  champion: Model;
  /** Trusted before: choose it again to undo. */
  previous: Model;
  /** Whether a better one may take over. */
  automatic: boolean;
}

export interface ChooseModelInput {
  /** The model to trust from now on. */
  champion: Model;
  /** Whether a better one may take over by itself. @default false */
  automatic?: boolean;
}

export interface Demand {
  /** The forecast it is from. */
  run_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** The model. */
  model: Model;
  /** Levels of the quantiles. */
  levels: number[];
  /** What was sold, oldest first. */
  past: PastUnits[];
  /** What is expected. */
  ahead: AheadUnits[];
  /** Variants in it. */
  variants: number;
  /** Share of units that came back; forecasts count units before returns. */
  returned_share: number;
  /** What to know: no_history, short_history, empty_shelf, rare, not_on_sale, spikes (single days far above all others count for less), one_season (less than two years are known: what the time of the year does was seen once at most), part_of_year (its category sold seven tenths of the last year within 13 weeks), closed_days (the shop was shut on days of the last year, which are not learned from), promotions_out (learned as if past promotions that everybody got had not been), promotion_not_learned (a planned promotion is not counted for some of it: no elasticity is known, assortment.propose learns them), few_by_place (of a place: hardly any units of it left places lately, so it is split as its product and category are). */
  notes: string[];
  /** Places that can be asked for. */
  places: string[];
  /** Promotions whose effect is in it. */
  promotion_ids: string[];
  /** Holidays ahead that are in it; empty with a model that does not know them. */
  holidays: HolidayMove[];
  /** Edits that touch it. */
  edits: ForecastEdit[];
}

export interface PastUnits {
  /** First day of the step. */
  day: string;
  /** Units sold. */
  sold: number;
  /** Units asked for: what an empty shelf hid is estimated. */
  wanted: number;
  /** Something of it could not be bought for a time. */
  empty_shelf: boolean;
}

export interface AheadUnits {
  /** First day of the step. */
  day: string;
  /** Days in it that are forecast. */
  days: number;
  /** Units expected, edits included. */
  mean: number;
  /** Without them. */
  without_edits: number;
  /** At the levels given beside. */
  quantiles: number[];
  /** Of this: where sales stand. */
  level: number;
  /** What drifts away from there. */
  trend: number;
  /** What the day of the week does. */
  week: number;
  /** What the time of the year does. */
  season: number;
  /** What the weather that is known of these days adds or takes away; 0 where it is not followed. */
  weather: number;
  /** What holidays add or take away. */
  holiday: number;
  /** What the boosted model of all categories adds or takes away. */
  boosted: number;
  /** What visitors' signals add. */
  signals: number;
  /** What a list price that changed adds or takes away. */
  price: number;
  /** What planned promotions add, or take away once they are over. */
  promotion: number;
  /** What people changed. All of these add up to the mean. */
  edits: number;
}

export interface HolidayMove {
  /** Which: spring_festival, singles_day, christmas ... */
  holiday: string;
  /** Its day. */
  day: string;
  /** What the shop's demand of that day is multiplied by. */
  factor: number;
}

export interface ForecastEdit {
  /** The edit. */
  edit_id: string;
  /** What it changes. */
  level: Level;
  /** Category, product or SKU; empty: the total. */
  id: string;
  /** First day. */
  first_day: string;
  /** Last day. */
  last_day: string;
  /** units: the sum of the span is set; percent: moved by so much. */
  kind: string;
  /** Units or percent. */
  amount: number;
  /** What was forecast when it was made. */
  units_before: number;
  /** What it made of that. */
  units_after: number;
  /** Why. */
  reason: string;
  /** By whom. */
  made_by: string;
  /** Their name, or the key's; empty: neither a member nor a key of this shop (the system). */
  made_by_name: string;
  /** The forecast it was made on. */
  run_id: string;
  /** When. */
  made_at_ms: number;
  /** Taken back. */
  undone_at_ms?: number;
  /** What came, once the span is over. */
  units_sold?: number;
  /** How many units nearer to what came than without it; below 0: it did harm. */
  helped_units?: number;
}

export interface AskDemandInput {
  /** Which sort of thing: total, category, product or variant. @default "total" */
  level?: Level;
  /** Category, product or SKU; empty for the total. @default "" */
  id?: string;
  /** Only what this place sends; empty: all. @default "" */
  place_id?: string;
  /** By day, week (from Monday) or month. @default "day" */
  step?: ForecastStep;
  /** Days of the past to show. @minimum 0 @maximum 1100 @default 182 */
  history_days?: number;
  /** Another model than the trusted one, without edits. */
  model?: Model;
}

export type ForecastStep = "day" | "week" | "month";

export interface MakeEditInput {
  /** What to change: total, category, product or variant; what lies under it moves along. @default "product" */
  level?: Level;
  /** Category, product or SKU; empty for the total. @default "" */
  id?: string;
  /** First day, 2026-01-31. */
  first_day: string;
  /** Last day. */
  last_day: string;
  /** units: the sum of the span becomes amount; percent: it moves by amount. @default "percent" */
  kind?: EditKind;
  /** Units, or percent from -100 to 1000. @minimum -100 @maximum 1e+12 */
  amount: number;
  /** Why: for whoever looks at it later. */
  reason: string;
  /** A forecast that looks back, to try on known days whether the edit helps; empty: the newest. @default "" */
  run_id?: string;
}

export type EditKind = "units" | "percent";

export interface ExportForecastInput {
  /** One row for each of these and step. @default "variant" */
  level?: Level;
  /** By day, week or month. @default "day" */
  step?: ForecastStep;
  /** all: places together; each: one row a place as well. @default "all" */
  places?: ForecastPlaces;
  /** csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB. @default "csv" */
  format?: ExportFormat;
  /** Only names or ids with this in them, as forecast.list. @default "" */
  query?: string;
  /** Only goods in this category and below. @default "" */
  category_id?: string;
}

export type ForecastPlaces = "all" | "each";

export interface ExportSuppliedInput {
  /** Whose goods: the key must hold forecast.supplier.ID beside forecast.supplied. */
  supplier_id: string;
  /** By day, week (from Monday) or month. @default "week" */
  step?: ForecastStep;
  /** Only these SKUs or products; empty: all that come from it. @default [] */
  goods?: string[];
  /** Only what this place sends; empty: all places together. @default "" */
  place_id?: string;
  /** From this day on, 2026-01-31; empty: from the first that is forecast. @default "" */
  first_day?: string;
  /** Until this day; empty: until the last that is forecast. @default "" */
  last_day?: string;
  /** csv: every spreadsheet; jsonl: programs; parquet: analysis, needs DuckDB on the server. @default "csv" */
  format?: ExportFormat;
}

export interface ForgottenWeather {
  /** Days that were deleted. */
  days: number;
}

export interface ForgetWeatherInput {
  /** Whose weather is forgotten; empty: that of the whole shop. @default "" */
  place?: string;
}

export interface HandedOn {
  /** The decision for those who select and design. */
  decision_id: string;
}

export interface HandOnInput {
  /** The need, by its words in forecast.unmet_needs. */
  words: string;
}

export interface TakenWeather {
  /** Rows read. */
  read: number;
  /** Days that are new. */
  created: number;
  /** Days with other weather than before. */
  updated: number;
  /** Days that were known so, or came again in the file. */
  unchanged: number;
  /** Rows that cannot be read; all others are kept. */
  refused: number;
  /** The first 100 of them. */
  refused_lines: RefusedWeather[];
}

export interface RefusedWeather {
  /** Line of the file; of a call the number of the row, from 1. */
  line: number;
  /** Column that cannot be read. */
  column: string;
  /** Why, for programs. */
  reason: string;
  /** Why and what to do. */
  message: string;
}

export interface ImportWeatherInput {
  /** Upload to read: CSV, TSV or JSON Lines with the columns date (2026-01-31) and temperature (mean of the day, °C; or temperature_min and temperature_max), and where they are there precipitation (mm) and place. */
  file_id: string;
  /** Where rows without a place are from; empty: the whole shop. @default "" */
  place?: string;
}

export interface ForecastPage {
  /** Rows. */
  items: ForecastItem[];
  /** How many there are in all. */
  total: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
  /** The forecast before, that changes and misses are counted from; empty: there is none. */
  before_run_id: string;
  /** Its first day. */
  before_first_day: string;
}

export interface ForecastItem {
  /** Category, product or SKU. */
  id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** Its category. */
  category_id: string;
  /** Of a category the one above; of a variant its product. */
  parent_id: string;
  /** Units sold in the last 28 days. */
  sold_28: number;
  /** Units expected in the next 28 days. */
  ahead_28: number;
  /** 10 % quantile of that sum. */
  low_28: number;
  /** 90 % quantile. */
  high_28: number;
  /** What the forecast before expected of the same days. */
  before_28?: number;
  /** What the forecast before expected of the days since then. */
  expected?: number;
  /** What came of them. */
  came?: number;
  /** A planner changed it. */
  edited: boolean;
  /** What to know. */
  notes: string[];
}

export interface ListForecastInput {
  /** category, product or variant. @default "product" */
  level?: Level;
  /** Only names or ids with this in them. @default "" */
  query?: string;
  /** Only what lies under this category. @default "" */
  category_id?: string;
  /** units: most expected first; change: most changed since the forecast before; miss: most missed since then. @default "units" */
  order?: ListOrder;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export type ListOrder = "units" | "change" | "miss";

export interface EditList {
  /** All, newest first; those taken back too. */
  edits: ForecastEdit[];
}

export interface NextNeeds {
  /** Most likely first. */
  needs: NextNeed[];
  /** Chance of any of them, as if they came apart from each other. */
  any_probability: number;
  /** Day it is seen from. */
  as_of: string;
}

export interface NextNeed {
  /** Category. */
  category_id: string;
  /** Its name in English. */
  name_en: string;
  /** Its name in Chinese. */
  name_zh: string;
  /** Chance of a purchase within the days asked for. */
  probability: number;
  /** Days since this person's last purchase of it. */
  days_since: number;
  /** Days on which they bought it. */
  purchases: number;
  /** Days between their purchases, drawn to everybody's; left out: bought once, and nobody tells. */
  usual_gap_days?: number;
  /** When the next is due by that pace; empty: not known, or that day has passed and a purchase is less likely than not. */
  expected_day: string;
}

export interface AskNextInput {
  /** Which customer. */
  customer_id: string;
  /** Within how many days. @minimum 7 @maximum 182 @default 28 */
  days?: number;
}

export interface RecordWeatherInput {
  /** Observed days and days of a forecast alike; a day that is known is replaced. */
  days: WeatherDayInput[];
}

export interface WeatherDayInput {
  /** Where: a place of the shop by its id, or any name; empty: the whole shop. @default "" */
  place?: string;
  /** The day there, 2026-01-31. */
  day: string;
  /** Mean of the day, °C. @minimum -90 @maximum 60 */
  temperature: number;
  /** Rain and melted snow, mm; left out: not known. @minimum 0 @maximum 2000 */
  precipitation?: number;
}

export interface ForecastRun {
  /** The forecast. */
  run_id: string;
  /** First day that is forecast. */
  first_day: string;
  /** Who asked for it. */
  made_by: string;
  /** When it was made. */
  made_at_ms: number;
  /** Days that are forecast. */
  horizon_days: number;
  /** Variants. */
  goods: number;
  /** Made when later days were known already. */
  looked_back: boolean;
  /** The model that was trusted. */
  champion: Model;
  /** Processor time it took. */
  cpu_seconds: number;
  /** Units expected in the first 28 days; of a forecast just made, in lists absent: forecast.total tells them. */
  units_ahead_28?: number;
  /** What it found out. */
  findings: RunFindings;
}

export interface RunFindings {
  /** Days of trade that were learned from. */
  history_days: number;
  /** Earlier origins at which the methods were tried. */
  origins: number;
  /** How forecasts of all levels were made to add up: bottom_up, structural, variance or shrink. */
  reconciliation: string;
  /** Share of that method; the rest is bottom-up. */
  share: number;
  /** What it gained at each level. */
  levels: LevelGain[];
  /** How far variants follow their share of their product, 0 to 1. */
  share_power: number;
  /** How far the year before is followed, 0 to 1. */
  yearly_power: number;
  /** How far the model calendar follows holidays and the weather, 0 to 1; 0: neither told anything. */
  holiday_power: number;
  /** How far it follows the year before without its holidays. */
  season_power: number;
  /** How far the model boosted follows the boosted trees, 0 to 1; 0: there is no such model. */
  boosted_power: number;
  /** Why there is no model boosted: too_short (under half a year before the earliest origin), too_few_rows, boosting_absent (the library XGBoost is not installed) or no_better (it missed no less at earlier origins); empty: there is one. */
  boosted_without: string;
  /** Holidays that moved the shop's demand by more than chance. */
  holidays: string[];
  /** Whether quantiles of days follow what came. */
  adapted: LevelAdapted[];
  /** How much what visitors did lately tells of the next week; empty: too little was logged. */
  signals: SignalHelp[];
  /** How far places follow their own days, 0 to 1; 0: goods are split over them by shares alone. */
  places_follow: number;
  /** Squared misses of goods' weeks at places at the earlier origins, divided by those of the shares of the half year before. */
  places_gain: number;
  /** How far each place was missed; empty where sales are not known by place. */
  places: PlaceMissed[];
  /** Whether the weather is followed, and what it does. */
  weather: WeatherHelp;
  /** The best of the models beside the champion (took_over: the champion before); empty: none could be compared. */
  challenger: string;
  /** Why the champion is what it is. */
  champion_reason: string;
  /** Its loss divided by the champion's; below 1: better. */
  challenger_loss: number;
  /** The champion took over in this run. */
  took_over: boolean;
}

export interface LevelGain {
  /** Level. */
  level: Level;
  /** Error at earlier origins, divided by that of forecasts summed up from the variants. */
  error_share: number;
}

export interface LevelAdapted {
  /** Level. */
  level: Level;
  /** Pinball loss of a day's quantiles that follow what came, divided by that of those that do not, at the newest earlier origin. */
  loss_share: number;
  /** Whether they are published. */
  used: boolean;
  /** Dispersions of this level were multiplied by this, so that 80 % of the days of origins held back lie inside their 80 % band. */
  widened: number;
}

export interface SignalHelp {
  /** views, baskets, opened (search results that were opened), searches or guide (requests to it). */
  signal: Signal;
  /** Weeks it was tried on. */
  weeks: number;
  /** Of these, weeks that were foretold better with it. */
  weeks_better: number;
  /** Categories times weeks. */
  points: number;
  /** Share of the squared error of the next week that it takes away, each week left out once; 0 or below: it does not help. */
  gain: number;
  /** Its weight: 0.3 means that a tenth more of it foretells 3 % more sales. */
  weight: number;
  /** The model signals follows this one: it takes away 1 % or more, in more than half of the weeks, and no other more. */
  used: boolean;
}

export type Signal = "views" | "baskets" | "opened" | "searches" | "guide";

export interface PlaceMissed {
  /** Place. */
  place_id: string;
  /** Sum of |misses| of its days divided by what was wanted of it (what it sent, and estimates for empty shelves and for days whose place is not known), at the earlier origins. */
  wape: number;
  /** The same, had each good been split by its shares of the half year before. */
  wape_by_share: number;
  /** The same of the week before repeated. */
  wape_last_week: number;
}

export interface WeatherHelp {
  /** Why no forecast counts the weather: unknown (none was taken in; forecast.import_weather), too_short (under 330 days of it, or half a year of sales, before the earliest origin, or too few days of both together), by_chance (weather of other days explains the sales as well) or no_better (earlier origins were missed far more with it, or, where fewer than seven days are known ahead, not clearly less, or all their days more than by another model); empty: it is followed by the model calendar and those that stand on it. */
  without: string;
  /** Share of the series of other days' weather that explain the sales as well as their own does; at most 0.02 where the weather is followed. */
  chance: number;
  /** What was missed at the earlier origins on days whose weather is known ahead (four weeks, where fewer than seven are), with the weather, divided by what was missed without, everything else alike; three origins tell it to a tenth or so. */
  loss_share: number;
  /** What a degree above the season's mean does to the shop's demand of a day: 0.02 is 2 % more. */
  degree: number;
  /** What each degree above hot_from does beside that. */
  hot_degree: number;
  /** What each degree below cold_from does beside that. */
  cold_degree: number;
  /** What 10 mm of rain do, beside a dry day. */
  rain_10: number;
  /** °C: a tenth of the days known were hotter. */
  hot_from: number;
  /** °C: a tenth were colder. */
  cold_from: number;
  /** Days with weather before the end of the history. */
  days_known: number;
  /** Days ahead with weather; beyond them the season's mean counts. */
  days_ahead: number;
}

export interface RunForecastInput {
  /** Days to forecast. @minimum 56 @maximum 182 @default 91 */
  horizon_days?: number;
  /** Look back: learn only from days before this one (2026-01-31) and forecast from it on, to be held against what came; empty: from the end of the shop's history. @default "" */
  until?: string;
}

export interface ForecastStatus {
  /** Whether there is a forecast. */
  forecast: boolean;
  /** The newest. */
  newest?: ForecastRun;
  /** All that are kept, newest first. */
  runs: ForecastRun[];
  /** The model that is trusted. */
  champion: Model;
  /** The one before; empty: never changed. */
  previous_champion: string;
  /** Why it was changed. */
  champion_reason: string;
  /** Who changed it. */
  champion_by: string;
  /** The job that makes one now; empty: none. */
  job_id: string;
  /** Whether a better model takes over by itself. */
  automatic: boolean;
  /** Hour of the night at which it is made; 24: never. */
  hour: number;
}

export interface Supplied {
  /** First day that is told. */
  first_day: string;
  /** Last day that is told. */
  last_day: string;
  /** When the forecast was made. */
  made_at_ms: number;
  /** Variants of this supplier that were asked for. */
  total: number;
  /** Places that can be asked for. */
  places: string[];
  /** By SKU. */
  goods: SuppliedGood[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface SuppliedGood {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** What is expected. */
  ahead: SuppliedStep[];
}

export interface SuppliedStep {
  /** The day, the Monday of the week or the first of the month. */
  day: string;
  /** First day of it that is counted: the first and the last week or month may be cut. */
  first_day: string;
  /** Last day of it that is counted. */
  last_day: string;
  /** How many days that is. */
  days: number;
  /** Units expected. */
  mean: number;
  /** 10 % quantile. */
  low: number;
  /** 90 % quantile. */
  high: number;
}

export interface AskSuppliedInput {
  /** Whose goods: the key must hold forecast.supplier.ID beside forecast.supplied. */
  supplier_id: string;
  /** By day, week (from Monday) or month. @default "week" */
  step?: ForecastStep;
  /** Only these SKUs or products; empty: all that come from it. @default [] */
  goods?: string[];
  /** Only what this place sends; empty: all places together. @default "" */
  place_id?: string;
  /** From this day on, 2026-01-31; empty: from the first that is forecast. @default "" */
  first_day?: string;
  /** Until this day; empty: until the last that is forecast. @default "" */
  last_day?: string;
  /** Variants per page. @minimum 1 @maximum 500 @default 100 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface ForecastTotal {
  /** The forecast it is from. */
  run_id: string;
  /** First day. */
  first_day: string;
  /** Last day. */
  last_day: string;
  /** The model. */
  model: Model;
  /** How many days that is. */
  days: number;
  /** Variants that were chosen. */
  variants: number;
  /** Units expected of all of them together, edits included. */
  mean: number;
  /** Without them. */
  without_edits: number;
  /** 10 % quantile of the sum. Bands of the parts must not be added up: not all of them fall short at once. */
  low: number;
  /** Its median. */
  middle: number;
  /** Its 90 % quantile. */
  high: number;
  /** The chance that was asked for. */
  chance: number;
  /** The fewest units that suffice with it. */
  needed: number;
  /** The number that was given. */
  units?: number;
  /** How likely the units that were given suffice. */
  enough?: number;
  /** What was sold of them in the last as many days before the forecast; absent: not so many are known, or of one place. */
  sold_before?: number;
  /** What was sold in these days, where they are over. */
  came?: number;
  /** Levels of the quantiles. */
  levels: number[];
  /** Quantiles of the sum. */
  quantiles: number[];
  /** What was chosen, one by one: categories, products, variants, each as asked. */
  parts: TotalPart[];
  /** What to know, as forecast.demand says it. */
  notes: string[];
  /** Places that can be asked for. */
  places: string[];
}

export interface TotalPart {
  /** category, product or variant. */
  level: Level;
  /** Its id. */
  id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** Variants in it. */
  variants: number;
  /** Units expected of it. */
  mean: number;
  /** 10 % quantile, of it alone. */
  low: number;
  /** 90 % quantile, of it alone. */
  high: number;
}

export interface AskTotalInput {
  /** These categories with all that lies under them. @default [] */
  category_ids?: string[];
  /** And these products with all their variants. @default [] */
  product_ids?: string[];
  /** And these variants; what is chosen twice counts once. All three empty: the whole shop. @default [] */
  skus?: string[];
  /** Only what this place sends; empty: all. @default "" */
  place_id?: string;
  /** From this day on, 2026-01-31; empty: from the first that is forecast. @default "" */
  first_day?: string;
  /** Until this day; empty: four weeks. @default "" */
  last_day?: string;
  /** An earlier forecast that is kept, to hold it against what came; empty: the newest. @default "" */
  run_id?: string;
  /** How sure it must be that needed units suffice. @minimum 0.5 @maximum 0.999 @default 0.95 */
  chance?: number;
  /** A number of units, to be told how likely it suffices. @minimum 0 @maximum 1e+09 */
  units?: number;
}

export interface UndoEditInput {
  /** Which edit. */
  edit_id: string;
}

export interface UnmetNeeds {
  /** Most asked for first. */
  needs: UnmetNeed[];
  /** Days that were looked at. */
  days: number;
  /** Visits that searched or talked. */
  sessions: number;
  /** Of these, with something that found nothing. */
  sessions_unmet: number;
  /** Share of visits with only successful searches that ordered. */
  conversion: number;
}

export interface UnmetNeed {
  /** What most of them typed. */
  words: string;
  /** Other words for it, each from at least two visits. */
  examples: string[];
  /** Visits that asked for it and found nothing. */
  sessions: number;
  /** Searches without result. */
  searches: number;
  /** Guide talks without a pick. */
  talks: number;
  /** Visits in 28 days, at the pace of the whole span. */
  sessions_28: number;
  /** The newer half of the span beside the older; 2: twice as many. */
  growth: number;
  /** More by more than chance (two deviations). */
  growing: boolean;
  /** Fewer by more than chance. */
  fading: boolean;
  /** It was handed on, and nobody decided yet. */
  handed_on: boolean;
  /** Category that the same visits looked at most; empty: none. */
  category_id: string;
  /** Asked for last. */
  last_day: string;
  /** Orders in 28 days if it converted as searches with results do here: an assumption, not a forecast. */
  orders_28: number;
}

export interface AskUnmetInput {
  /** Days to look back. @minimum 14 @maximum 365 @default 56 */
  days?: number;
  /** Needs that fewer visits asked for are left out; at least 3, so that nobody's own words are shown. @minimum 3 @maximum 10000 @default 3 */
  least_sessions?: number;
  /** At most so many. @minimum 1 @maximum 200 @default 50 */
  most?: number;
}

export interface WeatherKnown {
  /** Places with weather; empty: the weather is unknown, and no forecast counts it. */
  places: WeatherPlace[];
}

export interface WeatherPlace {
  /** Where; empty: the whole shop. */
  place: string;
  /** First day known. */
  first_day: string;
  /** Last day known. */
  last_day: string;
  /** Days known. */
  days: number;
  /** Of these, days that were taken in before they were over: a forecast. */
  foretold: number;
}

export interface WhatIfAnswer {
  /** Expected at today's prices, and with what is planned already. */
  units: number;
  /** Expected at the other price. */
  units_then: number;
  /** 10 % end of that, for what is not known of the elasticity. */
  units_low: number;
  /** 90 % end. */
  units_high: number;
  /** Percent of demand for one percent of price, mean by units. */
  elasticity: number;
  /** Its deviation. */
  elasticity_deviation: number;
  /** What comes off the price with the promotion and all others that run then, mean by units over the days; 0 without one. */
  off_percent: number;
  /** What of it comes off without this promotion, by the others. */
  off_percent_before: number;
  /** Products in it. */
  products: number;
  /** Revenue at today's prices. */
  revenue_minor: number;
  /** Revenue then. */
  revenue_then_minor: number;
  /** Revenue less cost of goods. */
  profit_minor: number;
  /** The same then. */
  profit_then_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** Moves of more than 30 % lie beyond what elasticities were learned from. */
  beyond_seen: boolean;
}

export interface WhatIfPriceInput {
  /** category, product or variant. @default "product" */
  level?: Level;
  /** Category, product or SKU. */
  id: string;
  /** First day of the other price, 2026-01-31. */
  first_day: string;
  /** Last day. */
  last_day: string;
  /** How far the price moves: -20 is a fifth off. @minimum -60 @maximum 60 @default 0 */
  price_change_percent?: number;
  /** A promotion of promotions.save, planned, running or ended: what its days are worth against the same days without it. Codes count as if everybody used them; one unit bought alone counts, so thresholds above its price take nothing off. @default "" */
  promotion_id?: string;
}

export interface WeatherThen {
  /** Expected of these days by the forecast. */
  units: number;
  /** Expected with the other weather. */
  units_then: number;
  /** Mean of these days in the forecast, °C: as it is known, or as the season has it. */
  temperature: number;
}

export interface WhatIfWeatherInput {
  /** total, category, product or variant. @default "total" */
  level?: Level;
  /** Category, product or SKU; empty for the total. @default "" */
  id?: string;
  /** First day of the other weather, 2026-01-31. */
  first_day: string;
  /** Last day. */
  last_day: string;
  /** Degrees (°C) warmer than is known or usual then; below 0: colder. @minimum -25 @maximum 25 @default 5 */
  warmer?: number;
}

export interface ImportDetail {
  /** The report, without its lines. */
  report: ImportReport;
  /** The rows asked for, at most 10,000 of an import are kept. */
  lines: ImportLine[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ImportReport {
  /** Import, for imports.get; empty for a dry run. */
  import_id: string;
  /** File. */
  file_name: string;
  /** Ready mapping that was used; empty: none. */
  preset: string;
  /** What the rows were. */
  kind: Rows;
  /** done; refused: nothing was kept because of refused rows; dry_run: nothing was to be kept; undone: taken back. */
  state: ImportState;
  /** Rows read. */
  read: number;
  /** Rows that brought something new; before a refusal or in a dry run: that would have. */
  accepted: number;
  /** Rows that were known already. */
  unchanged: number;
  /** Rows left out by a rule. */
  skipped: number;
  /** Rows refused. */
  refused: number;
  /** What was made or changed. */
  created: ImportCounts;
  /** Refused rows by reason. */
  reasons: ReasonCount[];
  /** Skipped rows by rule. */
  skipped_reasons: ReasonCount[];
  /** The first 500; all that were kept are in imports.get. */
  refused_lines: ImportLine[];
  /** The first 50. */
  skipped_lines: ImportLine[];
  /** What was decided on the way. */
  notes: string[];
  /** Time it took, milliseconds. */
  duration_ms: number;
}

export type Rows = "products" | "orders" | "customers" | "reviews" | "order_items" | "order_payments" | "category_names";

export type ImportState = "done" | "refused" | "dry_run" | "undone";

export interface ImportCounts {
  /** Products that are new or changed. */
  products: number;
  /** Customers that are new or changed. */
  customers: number;
  /** New orders. */
  orders: number;
  /** New order lines. */
  order_lines: number;
  /** New reviews. */
  reviews: number;
  /** New payments. */
  payments: number;
  /** New categories. */
  categories: number;
}

export interface ReasonCount {
  /** Reason. */
  reason: string;
  /** Rows that have it. */
  lines: number;
}

export interface ImportLine {
  /** Line of the file, from 1. */
  line: number;
  /** Column at fault, if one is. */
  column: string;
  /** Stable identifier of the reason. */
  reason: string;
  /** What is wrong, in English. */
  message: string;
  /** The cell. */
  text: string;
}

export interface GetImportInput {
  /** Which import. */
  import_id: string;
  /** Which rows to show: refused, or skipped by a rule. @default "refused" */
  lines?: LineOutcome;
  /** Rows per page. @minimum 1 @maximum 500 @default 100 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export type LineOutcome = "refused" | "skipped";

export interface Inspection {
  /** The file. */
  file_id: string;
  /** csv or jsonl. */
  format: string;
  /** Encoding found. */
  encoding: string;
  /** Sign between cells; empty for JSON Lines. */
  delimiter: string;
  /** Whether the first line names the columns. */
  header: boolean;
  /** Ready mapping that fits; empty: none. */
  preset: string;
  /** What the rows are. */
  kind: Rows;
  /** What they could be. */
  kinds: Rows[];
  /** Rows, about. */
  lines_estimate: number;
  /** Size of the file as stored. */
  bytes: number;
  /** Columns with what they would fill. */
  columns: InspectedColumn[];
  /** Fields that columns can fill. */
  available: ImportField[];
  /** Columns that would not be imported. */
  unmapped: string[];
  /** Fields that are needed and that no column fills. */
  missing: string[];
  /** What to know before importing. */
  notes: string[];
  /** How dates without a leading year are written; detect: none were seen or both are possible. */
  date_order: DateStyle;
}

export interface InspectedColumn {
  /** Name of the column. */
  name: string;
  /** Some of its values. */
  samples: string[];
  /** Field it fills; empty: not imported. */
  field: string;
  /** How sure that is, 0 to 1. */
  confidence: number;
  /** What it was concluded from. */
  why: string;
}

export interface ImportField {
  /** Name in a mapping. */
  name: string;
  /** Label in English. */
  label_en: string;
  /** Label in Chinese. */
  label_zh: string;
  /** Whether rows of this kind need it. */
  required: boolean;
}

export type DateStyle = "detect" | "year_first" | "month_first" | "day_first";

export interface InspectImportInput {
  /** Uploaded file, from POST /v1/files. @default "" */
  file_id?: string;
  /** File on the server's own disk; only on the command line. @default "" */
  path?: string;
  /** What the rows are; left out: guessed. */
  kind?: Rows;
  /** Ready mapping, such as online-retail or shopify-products; empty: recognised; none: no ready mapping. @default "" */
  preset?: string;
  /** Columns whose meaning is known already; they replace the guesses. @default [] */
  mapping?: ColumnFieldInput[];
  /** Encoding of the text. @default "detect" */
  encoding?: TextEncoding;
}

export interface ColumnFieldInput {
  /** Column of the file, by its name. */
  column: string;
  /** Field that it fills, such as sku or unit_price; attribute:NAME for a fact about the product. */
  field: string;
}

export type TextEncoding = "detect" | "utf8" | "gb18030" | "windows1252" | "utf16le" | "utf16be";

export interface ImportPage {
  /** Newest first. */
  imports: ImportEntry[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ImportEntry {
  /** Import. */
  import_id: string;
  /** File. */
  file_name: string;
  /** What the rows were. */
  kind: string;
  /** Ready mapping; empty: none. */
  preset: string;
  /** done, refused or undone. */
  state: string;
  /** Who ran it. */
  user_name: string;
  /** Rows read. */
  lines: number;
  /** Rows that brought something new. */
  accepted: number;
  /** Rows that were known already. */
  unchanged: number;
  /** Rows left out by a rule. */
  skipped: number;
  /** Rows refused. */
  refused: number;
  /** When, milliseconds since 1970 UTC. */
  at_ms: number;
  /** Whether imports.undo has something to take back: within 30 days. */
  undoable: boolean;
  /** When it was taken back. */
  undone_at_ms?: number;
}

export interface ListImportsInput {
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface RunImportInput {
  /** Uploaded file, from POST /v1/files. @default "" */
  file_id?: string;
  /** File on the server's own disk; only on the command line. @default "" */
  path?: string;
  /** What the file is called in the list of imports. @default "" */
  file_name?: string;
  /** What the rows are; left out: guessed, and refused when unsure. */
  kind?: Rows;
  /** Ready mapping, such as online-retail or shopify-products; empty: recognised; none: no ready mapping. @default "" */
  preset?: string;
  /** Every column that is imported, with its field; empty: the ready or guessed mapping. @default [] */
  mapping?: ColumnFieldInput[];
  /** ISO 4217 code of the amounts; empty: the ready mapping's, or the shop's. @default "" */
  currency?: string;
  /** IANA time zone of times that name no offset; empty: the shop's. @default "" */
  time_zone?: string;
  /** Usual language, en or zh, that a shop without goods and orders takes; empty: the ready mapping's, or it stays. @default "" */
  shop_locale?: string;
  /** How dates without a leading year are written; detect: concluded from the whole file, and refused when both are possible. @default "detect" */
  date_order?: DateStyle;
  /** Decimal sign of amounts. @default "point" */
  decimal?: DecimalSign;
  /** Encoding of the text. @default "detect" */
  encoding?: TextEncoding;
  /** write_nothing: one bad row and the file changes nothing; keep_good: bad rows are left out, with the order or product they belong to. @default "write_nothing" */
  on_refused?: OnRefused;
}

export type DecimalSign = "point" | "comma";

export type OnRefused = "write_nothing" | "keep_good";

export interface UndoneImport {
  /** The import. */
  import_id: string;
  /** It had been taken back before; nothing was done now. */
  already: boolean;
  /** What the import had made and is gone now. */
  removed: UndoneCounts;
  /** What the import had changed and is as it was before. */
  restored: UndoneCounts;
  /** Things left as they are because they were changed or used since. */
  left: number;
}

export interface UndoneCounts {
  /** Products. */
  products: number;
  /** Customers. */
  customers: number;
  /** Orders. */
  orders: number;
  /** Order lines. */
  order_lines: number;
  /** Reviews. */
  reviews: number;
  /** Payments. */
  payments: number;
  /** Categories. */
  categories: number;
}

export interface UndoImportInput {
  /** Which import. */
  import_id: string;
  /** Take back what can be and leave what was changed or used since; without it such an import is refused as a whole. @default false */
  leave_depended?: boolean;
}

export interface Job {
  /** Job. */
  job_id: string;
  /** What it runs. */
  operation: string;
  /** Where it stands. */
  state: JobState;
  /** Units done. */
  done: number;
  /** Units in all; 0: unknown. */
  total: number;
  /** What it is at. */
  doing: string;
  /** Who started it. */
  caller: string;
  /** Asked for. */
  created_at_ms: number;
  /** Begun. */
  started_at_ms?: number;
  /** Ended. */
  ended_at_ms?: number;
  /** The operation's answer, once done. */
  result: JsonValue;
  /** Why it failed. */
  error: JsonValue;
}

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface GetJobInput {
  /** Which job. */
  job_id: string;
}

export interface JobAnswer {
  /** The job. */
  job: Job;
  /** Its last 500 lines. */
  log: LogLine[];
}

export interface LogLine {
  /** When. */
  at_ms: number;
  /** What. */
  line: string;
}

export interface JobPage {
  /** Newest first. */
  jobs: Job[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ListJobsInput {
  /** Only in this state. */
  state?: JobState;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface CreatedKey {
  /** Key. */
  key_id: string;
  /** The key itself; shown only now. */
  secret: string;
  /** Role it acts as. */
  role: string;
}

export interface CreateKeyInput {
  /** What it is for. */
  name: string;
  /** owner, operator, analyst or agent (a shopper's agent: public operations only); empty: the least role that has the scopes, analyst without any. @default "" */
  role?: string;
  /** Narrow it to these permissions: orders.read, catalog.*; a supplier's key: forecast.supplied and forecast.supplier.ID. @default [] */
  scopes?: string[];
  /** Calls a minute; 0: the server's limit. @minimum 0 @maximum 1e+09 @default 0 */
  rate_per_minute?: number;
}

export interface KeyList {
  /** API keys, newest first. */
  keys: Key[];
}

export interface Key {
  /** Key. */
  key_id: string;
  /** What it is for. */
  name: string;
  /** Role it acts as. */
  role: string;
  /** Permissions it is narrowed to, separated by spaces (one within a supplier's id as %20); empty: all of its role. */
  scopes: string;
  /** Calls a minute; 0: the server's limit. */
  rate_per_minute: number;
  /** Since. */
  created_at_ms: number;
  /** Ended. */
  revoked_at_ms?: number;
}

export interface RevokeKeyInput {
  /** Which key. */
  key_id: string;
}

export interface LedgerEntry {
  /** Entry; empty when booking. */
  entry_id: string;
  /** Scenario it belongs to, 1 to 30. */
  scenario: string;
  /** traffic, experience, efficiency or roles. */
  value_kind: string;
  /** Money, minor units; negative for a cost. @minimum -1e+15 @maximum 1e+15 */
  amount_minor?: number;
  /** ISO 4217 code; empty: the shop's. */
  currency: string;
  /** Working hours saved. @minimum -1e+07 @maximum 1e+07 */
  hours?: number;
  /** Whose hours. */
  role: string;
  /** How it was measured: control group, backtest, time study … */
  method: string;
  /** Where the figure can be checked. */
  evidence: string;
  /** Decision it comes from. */
  decision_id: string;
  /** When; 0 when booking: now. */
  at_ms: number;
}

export interface LedgerEntryInput {
  /** Entry; empty when booking. @default "" */
  entry_id?: string;
  /** Scenario it belongs to, 1 to 30. */
  scenario: string;
  /** traffic, experience, efficiency or roles. */
  value_kind: string;
  /** Money, minor units; negative for a cost. @minimum -1e+15 @maximum 1e+15 */
  amount_minor?: number;
  /** ISO 4217 code; empty: the shop's. @default "" */
  currency?: string;
  /** Working hours saved. @minimum -1e+07 @maximum 1e+07 */
  hours?: number;
  /** Whose hours. @default "" */
  role?: string;
  /** How it was measured: control group, backtest, time study … */
  method: string;
  /** Where the figure can be checked. @default "" */
  evidence?: string;
  /** Decision it comes from. @default "" */
  decision_id?: string;
  /** When; 0 when booking: now. @default 0 */
  at_ms?: number;
}

export interface LedgerPage {
  /** Newest first. */
  entries: LedgerEntry[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ListLedgerInput {
  /** Only of this scenario. @default "" */
  scenario?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface LedgerSummary {
  /** By scenario and kind of value. */
  sums: LedgerSum[];
  /** ISO 4217 code. */
  currency: string;
}

export interface LedgerSum {
  /** Scenario. */
  scenario: string;
  /** Kind of value. */
  value_kind: string;
  /** Entries. */
  entries: number;
  /** Money, minor units. */
  amount_minor: number;
  /** Hours. */
  hours: number;
}

export interface Duplicates {
  /** The likeliest first. */
  pairs: Duplicate[];
  /** Products looked at. */
  products: number;
  /** Pairs that were compared. */
  compared: number;
  /** What the judgement was learned from. */
  basis: Basis;
}

export interface Duplicate {
  /** One product. */
  product_id: string;
  /** Its title. */
  title: string;
  /** The other. */
  other_product_id: string;
  /** Its title. */
  other_title: string;
  /** How likely they are the same item, 0..1. */
  probability: number;
  /** What speaks for and against it. */
  reasons: MatchReason[];
}

export interface MatchReason {
  /** What speaks for or against it, for programs. */
  kind: ReasonKind;
  /** The same as a sentence. */
  text: string;
}

export type ReasonKind = "same_code" | "codes_differ" | "title_alike" | "brand_same" | "numbers_differ" | "price_close" | "price_far" | "no_rival" | "rival_near" | "said_by_people";

export type Basis = "labels" | "listings" | "rules";

export interface FindDuplicatesInput {
  /** Least probability, 0..1. @minimum 0.05 @maximum 1 @default 0.5 */
  floor?: number;
  /** Pairs at most. @minimum 1 @maximum 500 @default 50 */
  count?: number;
}

export interface ImportedItems {
  /** Rows read. */
  read: number;
  /** Items that are new. */
  created: number;
  /** Items with another price, rank or text than before. */
  updated: number;
  /** Items seen again as they were. */
  unchanged: number;
  /** Rows that cannot be read. */
  refused: number;
  /** The first 100 of them. */
  refused_lines: RefusedLine[];
}

export interface RefusedLine {
  /** Line of the file. */
  line: number;
  /** Column that cannot be read. */
  column: string;
  /** Why, for programs. */
  reason: string;
  /** Why and what to do. */
  message: string;
}

export interface ImportItemsInput {
  /** Upload to read: CSV, TSV or JSON Lines with a title column; price, url, rank, brand, description, code, stock and item_id are read where they are there. */
  file_id: string;
  /** Whose items these are, such as a rival's name; a later file of the same source updates them. */
  source: string;
  /** ISO 4217 code of the prices; empty: the shop's. @default "" */
  currency?: string;
}

export interface Judged {
  /** Pairs confirmed. */
  confirmed: number;
  /** Pairs rejected. */
  rejected: number;
}

export interface JudgeInput {
  /** What people say of pairs. */
  verdicts: VerdictInput[];
}

export interface VerdictInput {
  /** Source of the item. */
  source: string;
  /** Item. */
  item_id: string;
  /** Own product. */
  product_id: string;
  /** Whether they are the same item. */
  same: boolean;
}

export interface ItemPage {
  /** Items by source and identifier. */
  items: MarketItem[];
  /** For the next page; empty at the end. */
  next_page_token: string;
}

export interface MarketItem {
  /** Whose item it is. */
  source: string;
  /** Its identifier there. */
  item_id: string;
  /** Title. */
  title: string;
  /** Brand. */
  brand: string;
  /** Its page; a link to somebody else's site. */
  url: string;
  /** ISO 4217 code of its price. */
  currency: string;
  /** Price, minor units. */
  price_minor?: number;
  /** Place in the source's list of best sellers, 1 is the best. */
  rank?: number;
  /** Price before it last changed. */
  previous_price_minor?: number;
  /** When a file first told the present price. */
  price_changed_at_ms?: number;
  /** Rank before the last change. */
  previous_rank?: number;
  /** When it was first told. */
  first_seen_at_ms: number;
  /** When it was last told. */
  seen_at_ms: number;
  /** Whether they have it; absent when their file does not say. */
  in_stock?: boolean;
  /** When that was first told otherwise than before. */
  stock_changed_at_ms?: number;
  /** The likeliest own product, if one is likely enough. */
  match?: ItemMatch;
}

export interface ItemMatch {
  /** Own product. */
  product_id: string;
  /** Its title. */
  product_title: string;
  /** proposed by the server, confirmed or rejected by people. */
  state: MatchState;
  /** How likely they are the same item, 0..1. */
  probability: number;
  /** What speaks for and against it. */
  reasons: MatchReason[];
  /** Own lowest price, minor units. */
  own_price_minor?: number;
  /** Their price less the own, in percent of the own; absent without both or in another currency. */
  price_difference_percent?: number;
}

export type MatchState = "proposed" | "confirmed" | "rejected";

export interface ListItemsInput {
  /** Only this source. @default "" */
  source?: string;
  /** Only items matched with this product. @default "" */
  product_id?: string;
  /** Part of a title or brand. @default "" */
  query?: string;
  /** all, matched, unmatched, proposed (to be looked at) or confirmed. @default "all" */
  which?: Which;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before; empty for the first. @default "" */
  page_token?: string;
}

export type Which = "all" | "matched" | "unmatched" | "proposed" | "confirmed";

export interface Matched {
  /** Items looked at. */
  items: number;
  /** Own products they were held against. */
  products: number;
  /** Pairs that were compared. */
  compared: number;
  /** Items with a proposed product. */
  proposed: number;
  /** Items whose product was confirmed before. */
  confirmed: number;
  /** What the judgement was learned from. */
  basis: Basis;
  /** What moved on the market, told as market.watch tells it. */
  watched: Watched;
}

export interface Watched {
  /** Own products that another shop newly sells for less by the set share. */
  undercut: number;
  /** Own products in stock that another shop newly has none of. */
  sold_out: number;
  /** Items of other shops whose rank is newly half of what it was, or better. */
  climbing: number;
  /** Decisions proposed of these. */
  proposed: number;
  /** Not told yet because the week's number is used up. */
  held_back: number;
  /** Earlier proposals taken back because they are no longer so. */
  withdrawn: number;
}

export interface MatchInput {
  /** Only items of this source; empty: of all. @default "" */
  source?: string;
  /** Least probability of a proposal, 0..1. @minimum 0.05 @maximum 1 @default 0.5 */
  floor?: number;
}

export interface Signals {
  /** Matched items that cost less than the own product, the largest difference first. */
  cheaper_elsewhere: MarketItem[];
  /** Ranked items without an own product, the best rank first: what sells elsewhere and is not sold here. */
  not_listed_here: MarketItem[];
  /** Matched items whose price changed, the latest first. */
  price_moved: MarketItem[];
  /** Matched items that the other shop has none of, the latest first. */
  sold_out_elsewhere: MarketItem[];
  /** Items whose rank is half of what it was before its last change, or better, the best first. */
  climbing: MarketItem[];
}

export interface AskSignalsInput {
  /** Only this source. @default "" */
  source?: string;
  /** How much cheaper an item must be to be told, in percent of the own price. @minimum 0 @maximum 100 @default 5 */
  least_percent?: number;
  /** Rows of each kind at most. @minimum 1 @maximum 200 @default 20 */
  count?: number;
}

export interface MerchandisingRuleList {
  /** In the order in which they were made. */
  rules: MerchandisingRuleLine[];
}

export interface MerchandisingRuleLine {
  /** The rule. */
  rule: MerchandisingRule;
  /** planned, running, ended or stopped. */
  state: MerchandisingRuleState;
  /** Last change. */
  updated_at_ms: number;
}

export interface MerchandisingRule {
  /** The shop's identifier of it; empty: a new one. */
  rule_id: string;
  /** What it is for, for staff. */
  title: string;
  /** Only when shoppers search for these words; empty: any words, and lists without any. */
  query: string;
  /** Only in lists of this category and below; empty: any. */
  category_id: string;
  /** list, search or guide; empty: all three. */
  places: Place[];
  /** Products on top, in this order, as far as they fit what the shopper demands. */
  pin: string[];
  /** Goods to boost or to bury. */
  move: Strength[];
  /** Products that are not shown here. */
  hide: string[];
  /** Words above the list, in English. */
  banner_en: string;
  /** Words above the list, in Chinese. */
  banner_zh: string;
  /** Where the banner leads: a path of the shop, such as /c/dresses. */
  banner_link: string;
  /** Where this query leads instead: a path of the shop. */
  redirect: string;
  /** From when, milliseconds; left out: now. @minimum 0 @maximum 1e+15 */
  starts_at_ms?: number;
  /** Until when; left out: for good. @minimum 0 @maximum 1e+15 */
  ends_at_ms?: number;
  /** Only for visitors in an arm of this experiment; empty: everybody. */
  experiment_id: string;
  /** Which arm. */
  arm_id: string;
}

export interface Strength {
  /** Products. */
  product_ids: string[];
  /** Brands. */
  brands: string[];
  /** A category and those below it. */
  category_id: string;
  /** As if the place in the list were this many times smaller: 2 boosts, 0.5 buries. @minimum 0.01 @maximum 100 */
  strength: number;
}

export type MerchandisingRuleState = "planned" | "running" | "ended" | "stopped";

export interface Preview {
  /** By the place with the rule; those that left the first 24 at the end. */
  lines: PreviewLine[];
  /** Words above the list. */
  banner_en: string;
  /** The same in Chinese. */
  banner_zh: string;
  /** Where the query would lead. */
  redirect: string;
}

export interface PreviewLine {
  /** Product. */
  product_id: string;
  /** Title. */
  title: string;
  /** Place without the rule, from 1; absent: not among the first 24. */
  before?: number;
  /** Place with it. */
  after?: number;
}

export interface PreviewRuleInput {
  /** The rule as it would be. */
  rule: MerchandisingRuleInput;
  /** Words to look at it with; empty: those of the rule. @default "" */
  query?: string;
  /** Category to look at it in; empty: that of the rule. @default "" */
  category_id?: string;
}

export interface SaveRuleInput {
  /** The rule, whole; one of a known rule_id is replaced. */
  rule: MerchandisingRuleInput;
}

export interface RuleIdInput {
  /** Which rule. */
  rule_id: string;
}

export interface CancelOrderInput {
  /** Order number. */
  order_id: string;
  /** For buyers without an account. @default "" */
  access_token?: string;
  /** Why. @default "" */
  reason?: string;
}

export interface DecideRequest {
  /** Number of the request. */
  request_id: string;
  /** true: goods may come back; false: not. */
  accept: boolean;
  /** What the buyer is told, for example where to send it. @default "" */
  answer?: string;
}

export interface GetOrderInput {
  /** Order number. */
  order_id: string;
  /** For buyers without an account: the secret they got. @default "" */
  access_token?: string;
}

export interface OrderPage {
  /** Newest first; lines and contact only when expanded. */
  orders: Order[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ListOrdersInput {
  /** Only of this customer; a signed-in shopper sees only their own. @default "" */
  customer_id?: string;
  /** Parts to add to each order: lines, contact (for those who may see it). @default [] */
  expand?: ExpandOrder[];
  /** Only in this state. */
  status?: OrderStatus;
  /** Placed at or after, milliseconds. */
  from_ms?: number;
  /** Placed before, milliseconds. */
  to_ms?: number;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export type ExpandOrder = "lines" | "contact";

export interface Refunds {
  /** In the order in which they were booked. */
  refunds: Refund[];
  /** Paid back so far, minor units. */
  refunded_minor: number;
  /** Still to be paid back, minor units. */
  due_minor: number;
}

export interface Refund {
  /** Number of the refund. */
  refund_id: string;
  /** Order number. */
  order_id: string;
  /** The return it is for; empty for a cancelled order. */
  return_id: string;
  /** returned: goods came back; cancelled: the order was. */
  cause: RefundCause;
  /** Amount, minor units. */
  amount_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** due: on its way or waiting for staff; refunded; not_charged: no payment of the order was noted, nothing is paid back. */
  state: RefundState;
  /** Way of payment it goes back by; empty: none was noted. */
  provider: string;
  /** Who accepted the return or cancelled; shown to staff. */
  booked_by: string;
  /** Who paid it back: a person or payments; shown to staff. */
  settled_by: string;
  /** Of the transfer; shown to staff. */
  reference: string;
  /** Why the last try failed; shown to staff. */
  trouble: string;
  /** When it was booked. */
  booked_at_ms: number;
  /** When it was paid back. */
  settled_at_ms?: number;
  /** When the provider refused it for good, while it is due: a person has to pay it or have it tried again; shown to staff. */
  refused_at_ms?: number;
}

export type RefundCause = "returned" | "cancelled";

export type RefundState = "due" | "refunded" | "not_charged";

export interface RequestPage {
  /** Newest first. */
  requests: RequestLine[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface RequestLine {
  /** Number of the request. */
  request_id: string;
  /** Order number. */
  order_id: string;
  /** Line of the order, from 0. */
  line: number;
  /** Units. */
  quantity: number;
  /** return_goods or exchange. */
  kind: string;
  /** Why. */
  reason: string;
  /** In the buyer's words. */
  note: string;
  /** What was bought. */
  sku: string;
  /** Its title then. */
  title: string;
  /** What it shall be instead. */
  wanted_sku: string;
  /** requested, accepted or refused. */
  status: string;
  /** What the buyer was told. */
  answer: string;
  /** Talk in which it was asked. */
  conversation_id: string;
  /** When it was asked. */
  created_at_ms: number;
  /** When it was decided. */
  decided_at_ms?: number;
  /** Who decided it; empty: nobody yet. */
  decided_by: string;
}

export interface ListRequestsInput {
  /** Only of this order. @default "" */
  order_id?: string;
  /** requested, accepted or refused; empty: all. @default "" */
  status?: string;
  /** Rows per page. @minimum 1 @maximum 200 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface ReturnedLines {
  /** What came back, in order. */
  returns: ReturnLine[];
}

export interface ReturnLine {
  /** Identifier; empty: a new one. */
  return_id: string;
  /** Order number. */
  order_id: string;
  /** Which line, counted from 0. @minimum 0 @maximum 1e+06 */
  line: number;
  /** Units that come back. @minimum 1 @maximum 1e+07 */
  quantity: number;
  /** Refund; left out: what was paid for these units. @minimum 0 @maximum 1e+15 */
  refund_minor?: number;
  /** When; left out: now. */
  created_at_ms?: number;
  /** size, quality, wrong_item, changed_mind, damaged, late or other. */
  reason: string;
  /** In the customer's words. */
  note: string;
}

export interface MoveOrderInput {
  /** Order number. */
  order_id: string;
  /** New state: paid, shipped or delivered. */
  status: OrderStatus;
  /** Carrier and number, when shipped. @default "" */
  tracking?: string;
}

export interface PlacedOrder {
  /** Order number; empty while it waits for the shopper. */
  order_id: string;
  /** placed, paid, or awaiting_approval: nothing is ordered before the shopper says so. */
  status: Placement;
  /** To pay, minor units. */
  total_minor: number;
  /** ISO 4217 code. */
  currency: string;
  /** Secret with which the buyer finds the order again without an account. */
  access_token: string;
  /** What waits for approval; checkout.outcome tells what became of it. */
  checkout_id: string;
  /** Where the shopper looks at it and places it; give it to them. */
  approval_url: string;
  /** What to do next, for a person. */
  message: string;
}

export type Placement = "placed" | "paid" | "awaiting_approval";

export interface PlaceOrderInput {
  /** Basket to order; left empty when lines are given. @default "" */
  basket_id?: string;
  /** What to order, when there is no basket. @default [] */
  lines?: WantedLineInput[];
  /** Who receives it and where. */
  contact: ContactInput;
  /** Payment provider: invoice records the order as unpaid; test charges nothing and marks it paid. @default "invoice" */
  payment?: string;
  /** Where it was placed: web, guide, agent … @default "" */
  channel?: string;
  /** Codes of promotions, besides those of the basket. @default [] */
  codes?: string[];
  /** The total that was agreed to; refused when it is another by now. @minimum 0 @maximum 1e+15 */
  total_minor?: number;
  /** How to send it (shipping.list_options); empty: the first way that goes there. @default "" */
  shipping_option?: string;
}

export interface RecordOrdersInput {
  /** Orders that happened elsewhere or earlier; all or none. */
  orders: OrderInput[];
  /** Where they come from. @default "" */
  source?: string;
}

export interface OrderInput {
  /** Order number. */
  order_id: string;
  /** Customer, if known. @default "" */
  customer_id?: string;
  /** When, milliseconds since 1970 UTC. */
  placed_at_ms: number;
  /** State. @default "placed" */
  status?: OrderStatus;
  /** ISO 4217 code; empty: the shop's. @default "" */
  currency?: string;
  /** Sum of lines before order discounts. @default 0 */
  subtotal_minor?: number;
  /** Taken off the order. @default 0 */
  discount_minor?: number;
  /** Shipping. @default 0 */
  shipping_minor?: number;
  /** Paid or to pay. @default 0 */
  total_minor?: number;
  /** Where it was placed. @default "" */
  channel?: string;
  /** Country it goes to. @default "" */
  country?: string;
  /** Carrier and number. @default "" */
  tracking?: string;
  /** Promised delivery, days since 1970. */
  promised_day?: number;
  /** When it left. */
  shipped_at_ms?: number;
  /** When it arrived. */
  delivered_at_ms?: number;
  /** What was bought. @default [] */
  lines?: OrderLineInput[];
  /** Receiver; shown to those who may read customers. */
  contact?: ContactInput;
}

export interface OrderLineInput {
  /** SKU. */
  sku: string;
  /** Product it belonged to. @default "" */
  product_id?: string;
  /** Title at the time. @default "" */
  title?: string;
  /** Units; negative on a credit note (an order recorded as returned). @minimum -1e+07 @maximum 1e+07 */
  quantity: number;
  /** Price of one unit then, minor units. @minimum 0 @maximum 1e+15 */
  unit_price_minor: number;
  /** Taken off this line. @minimum 0 @maximum 1e+15 @default 0 */
  discount_minor?: number;
  /** Colour, size …: what the catalogue calls the SKU now, in English; told, never recorded. @default "" */
  variant_en?: string;
  /** The same in Chinese. @default "" */
  variant_zh?: string;
}

export interface RecordReturnsInput {
  /** Goods that come back; all or none. */
  returns: ReturnLineInput[];
}

export interface ReturnLineInput {
  /** Identifier; empty: a new one. @default "" */
  return_id?: string;
  /** Order number. */
  order_id: string;
  /** Which line, counted from 0. @minimum 0 @maximum 1e+06 @default 0 */
  line?: number;
  /** Units that come back. @minimum 1 @maximum 1e+07 @default 1 */
  quantity?: number;
  /** Refund; left out: what was paid for these units. @minimum 0 @maximum 1e+15 */
  refund_minor?: number;
  /** When; left out: now. */
  created_at_ms?: number;
  /** size, quality, wrong_item, changed_mind, damaged, late or other. @default "" */
  reason?: string;
  /** In the customer's words. @default "" */
  note?: string;
}

export interface RequestedReturn {
  /** Number of the request. */
  request_id: string;
}

export interface ReturnRequest {
  /** Order number. */
  order_id: string;
  /** For buyers without an account: the secret they got. @default "" */
  access_token?: string;
  /** Which line, counted from 0. @minimum 0 @maximum 1e+06 @default 0 */
  line?: number;
  /** Units. @minimum 1 @maximum 1e+06 @default 1 */
  quantity?: number;
  /** return_goods or exchange. @default "return_goods" */
  kind?: RequestKind;
  /** size, quality, wrong_item, changed_mind, damaged, late or other. @default "" */
  reason?: string;
  /** In the buyer's words; sealed at rest. @default "" */
  note?: string;
  /** Of an exchange: what it shall be instead. @default "" */
  wanted_sku?: string;
}

export type RequestKind = "return_goods" | "exchange";

export interface RefundPage {
  /** Oldest first while they are due, else newest first. */
  refunds: ListedRefund[];
  /** How many the question finds. */
  total: number;
  /** Refunds of the whole shop that are due. */
  due: number;
  /** Their sum in the shop's currency, minor units. */
  due_minor: number;
  /** Of them those that wait for a person. */
  by_person: number;
  /** Of them those that a provider refused for good. */
  refused: number;
  /** The shop's currency. */
  currency: string;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface ListedRefund {
  /** The refund. */
  refund: Refund;
  /** provider: paid back by itself; person: to be transferred by hand and marked; refused: the provider refused it for good, see trouble: mend the cause and have it tried again, or transfer and mark it; nobody: settled, or nothing was charged. */
  waits_for: WaitsFor;
  /** How often its provider was asked. */
  tries: number;
  /** When it is tried again. */
  next_at_ms?: number;
}

export type WaitsFor = "nobody" | "provider" | "person" | "refused";

export interface ListRefundsInput {
  /** due, refunded or not_charged. @default "due" */
  state?: RefundState;
  /** Only those that wait for the provider, for a person, or were refused for good. */
  waits_for?: WaitsFor;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface MarkRefundedInput {
  /** Number of the refund. */
  refund_id: string;
  /** Of the transfer, for the books. @default "" */
  reference?: string;
  /** For a refund of the state not_charged: the buyer's money had come after all, and was transferred back now. @default false */
  money_came?: boolean;
}

export interface Settled {
  /** Refunds paid back now. */
  refunded: number;
  /** Refunds that wait for a person to transfer them. */
  by_hand: number;
  /** Refunds whose provider failed; they are tried again. */
  failed: number;
  /** Refunds that their provider refused for good: they wait for a person. */
  refused: number;
}

export interface SettleRefundsInput {
  /** Only this one, at once, and again if its provider refused it; empty: all that are due. @default "" */
  refund_id?: string;
}

export interface FetchReport {
  /** Addresses of this run. */
  asked: number;
  /** Of these, kept here now. */
  fetched: number;
  /** Of these, not. */
  failed: number;
  /** Waiting for the next run. */
  left: number;
  /** Size of what was fetched. */
  bytes: number;
  /** Each that failed and why, at most 1,000. */
  failures: UnfetchedPicture[];
}

export interface UnfetchedPicture {
  /** Address that a product names. */
  url: string;
  /** address_not_allowed (inside a private network), not_https, port_not_allowed, malformed_url, too_many_redirects, status_404 and alike, response_too_large (above 8 MB), deadline_exceeded, dns_failed, connect_failed, tls_failed, connection_broken, malformed_response, host_given_up (three others of its host failed), or why the file is no picture: picture_unknown, picture_too_large, picture_damaged. */
  problem: string;
  /** How often it was tried. */
  tries: number;
}

export interface FetchInput {
  /** Try those again too that failed three times. @default false */
  again?: boolean;
  /** Fetch at most so many; the rest with the next run. @minimum 1 @maximum 50000 @default 2000 */
  most?: number;
}

export interface PicturesForgotten {
  /** False when there was nothing of that name any more. */
  forgotten: boolean;
}

export interface PicturesForgetInput {
  /** As pictures.upload answered. */
  picture_id: string;
}

export interface IndexState {
  /** Stored pictures of products that are not archived. */
  pictures: number;
  /** Of these, can be found. */
  described: number;
  /** Of these, cannot be read. */
  unread: number;
  /** Of these, not looked at yet. */
  waiting: number;
  /** Pictures kept at other addresses that were not fetched. */
  elsewhere: number;
  /** Pictures kept at other addresses that were fetched; they count among `pictures`. */
  copied: number;
  /** Whether SVG drawings can be read on this machine (librsvg). */
  drawings: boolean;
  /** Pictures that what counts was learned from; 0: too few, pictures are compared as they are. */
  learned_from: number;
  /** Categories among them. */
  kinds: number;
  /** When. */
  learned_at_ms?: number;
  /** The first 50 that cannot be read. */
  problems: UnreadPicture[];
  /** The first 50 addresses that could not be fetched. */
  unfetched: UnfetchedPicture[];
  /** The plugged picture model (settings picture_model_*); absent: none. */
  model?: ModelState;
}

export interface UnreadPicture {
  /** Which picture. */
  asset: string;
  /** picture_unknown, picture_too_large, picture_damaged, drawing_unavailable (an SVG, and no librsvg here) or asset_not_found. */
  problem: string;
}

export interface ModelState {
  /** Of picture_model_name. */
  name: string;
  /** By what photos are compared: own, the descriptors that need no model; model, its vectors alone; both, their orders joined. The best on this shop's own pictures; own where they are equal. */
  used: Way;
  /** Pictures that it has described. */
  described: number;
  /** Pictures that it has not described yet. */
  waiting: number;
  /** Pictures that the ways were compared on; 0: not compared, and the model is not used. */
  judged: number;
  /** Categories among them. */
  kinds: number;
  /** precision@5 of the own descriptors, 0..1. */
  precision_own: number;
  /** Of the model alone. */
  precision_model: number;
  /** Of both. */
  precision_both: number;
  /** When. */
  judged_at_ms?: number;
  /** Why the model could not be asked when it was last tried; empty: it answered. Meanwhile the own descriptors answer. */
  problem: string;
}

export type Way = "own" | "model" | "both";

export interface IndexInput {
  /** Learn anew what counts even when few pictures changed. @default false */
  learn?: boolean;
}

export interface StoredPicture {
  /** Content address, for the pictures of catalog.save_products. */
  asset: string;
  /** Where it is served. */
  url: string;
  /** Told from its content. */
  media_type: string;
}

export interface StorePictureInput {
  /** A JPEG, PNG or WebP picture as base64. @default "" */
  data?: string;
  /** Or an uploaded file (POST /v1/files). @default "" */
  file_id?: string;
}

export interface Uploaded {
  /** Secret name of what was described; for dialogue.search and dialogue.ask. */
  picture_id: string;
  /** Forgotten then, unless it is used before. */
  expires_at_ms: number;
  /** Whether the shop's picture model looked at it too; false: the own description alone, also where the model did not answer in time. */
  by_model: boolean;
}

export interface UploadInput {
  /** A JPEG, PNG or WebP picture as base64 (RFC 4648), 8 MB at most before that; over HTTP a request holds 1 MB, so make it 1,024 pixels first. */
  data: string;
}

export interface PromotionList {
  /** Newest first. */
  promotions: PromotionRow[];
}

export interface PromotionRow {
  /** The promotion; at most its first 100 codes. */
  promotion: Promotion;
  /** planned, running, ended, stopped or used_up. */
  state: PromotionState;
  /** Orders it counted for; cancelled ones are given back. */
  uses: number;
  /** How many codes it has. */
  codes: number;
  /** From when, milliseconds since 1970 UTC. */
  starts_at_ms: number;
  /** Until when; absent: never ends. */
  ends_at_ms?: number;
}

export interface Promotion {
  /** The shop's identifier of it; empty: a new one. */
  promotion_id: string;
  /** What shoppers read, in English; at least one of the two is needed. */
  title_en: string;
  /** What shoppers read, in Chinese. */
  title_zh: string;
  /** amount_off, percent_off, buy_get, set_price or free_shipping. */
  kind: PromotionKind;
  /** Which goods count; left out: everything. */
  goods: Goods;
  /** Only from goods of this worth, minor units, after promotions before it; free_shipping and buy_get: 0 for none. @minimum 0 @maximum 1e+15 */
  threshold_minor: number;
  /** Only from this many units. @minimum 0 @maximum 1e+06 */
  minimum_units: number;
  /** amount_off: what is taken off, minor units. @minimum 0 @maximum 1e+15 */
  off_minor: number;
  /** percent_off and buy_get: hundredths of a percent taken off; 1550 is 15.5 %, 10000 all of it. Rounded half up, once. @minimum 0 @maximum 10000 */
  percent_off_hundredths: number;
  /** At most this is taken off; 0: no limit. @minimum 0 @maximum 1e+15 */
  most_off_minor: number;
  /** Counts for every threshold, or every so many units, instead of once. */
  repeats: boolean;
  /** When it repeats: at most so often; 0: no limit. @minimum 0 @maximum 1e+06 */
  most_times: number;
  /** buy_get: units to buy. @minimum 0 @maximum 1000 */
  buy_units: number;
  /** buy_get: units that are reduced, the cheapest. @minimum 0 @maximum 1000 */
  get_units: number;
  /** buy_get: goods that are reduced; left out: the same goods. */
  reward?: Goods;
  /** set_price: what a set is made of. */
  parts: SetPart[];
  /** set_price: what one set costs. @minimum 0 @maximum 1e+15 */
  price_minor: number;
  /** Codes that make it count; empty: it counts by itself. */
  codes: string[];
  /** Orders it may count for in all; 0: no limit. @minimum 0 @maximum 1e+12 */
  most_uses: number;
  /** Orders each code may count for; 0: no limit. @minimum 0 @maximum 1e+12 */
  most_uses_per_code: number;
  /** Orders of one customer it may count for; 0: no limit. Needs an account. @minimum 0 @maximum 1e+09 */
  most_uses_per_customer: number;
  /** Only for a customer's first order. Needs an account. */
  first_order: boolean;
  /** Only for customers of one of these groups. Needs an account. */
  customer_groups: string[];
  /** First day or moment in the shop's time zone; empty: now. */
  starts: string;
  /** Last day (counted whole) or the moment it ends; empty: never. */
  ends: string;
  /** Only on these days of the week, 1 Monday to 7 Sunday; empty: every day. */
  weekdays: number[];
  /** Order of calculation, ascending. @minimum 1 @maximum 10000 */
  priority: number;
  /** At most one promotion of a group counts; empty: none. */
  group: string;
  /** Goes with no other promotion. */
  alone: boolean;
  /** Shown on product pages and told by the guide, with its code. */
  advertised: boolean;
}

export interface Goods {
  /** Products. */
  product_ids: string[];
  /** Categories, with those below them. */
  category_ids: string[];
  /** Brands, by the name in either language. */
  brands: string[];
  /** Products that never count. */
  except_product_ids: string[];
}

export interface SetPart {
  /** Which goods this part is made of. */
  goods: Goods;
  /** How many of them. @minimum 1 @maximum 100 */
  units: number;
}

export type PromotionState = "planned" | "running" | "ended" | "stopped" | "used_up";

export interface ListPromotions {
  /** Only in this state. */
  state?: PromotionState;
}

export interface PromotionOffers {
  /** What runs now and may be told, in order of calculation. */
  promotions: Promotion[];
}

export interface AskOffersInput {
  /** Only those that this product counts for; empty: all. @default "" */
  product_id?: string;
}

export interface AskQuoteInput {
  /** Basket to price, with its codes; left out when lines are given. @default "" */
  basket_id?: string;
  /** What would be bought, when there is no basket. @default [] */
  lines?: WantedLineInput[];
  /** Codes to try besides. @default [] */
  codes?: string[];
  /** For whom; staff only, a shopper's own account counts by itself. @default "" */
  customer_id?: string;
  /** Promotions to count as if they ran, for everybody; staff only. @default [] */
  drafts?: PromotionInput[];
  /** At another moment; staff only. @minimum 0 @maximum 1e+15 */
  at_ms?: number;
}

export interface PromotionInput {
  /** The shop's identifier of it; empty: a new one. @default "" */
  promotion_id?: string;
  /** What shoppers read, in English; at least one of the two is needed. @default "" */
  title_en?: string;
  /** What shoppers read, in Chinese. @default "" */
  title_zh?: string;
  /** amount_off, percent_off, buy_get, set_price or free_shipping. */
  kind: PromotionKind;
  /** Which goods count; left out: everything. @default {"product_ids":[],"category_ids":[],"brands":[],"except_product_ids":[]} */
  goods?: GoodsInput;
  /** Only from goods of this worth, minor units, after promotions before it; free_shipping and buy_get: 0 for none. @minimum 0 @maximum 1e+15 @default 0 */
  threshold_minor?: number;
  /** Only from this many units. @minimum 0 @maximum 1e+06 @default 0 */
  minimum_units?: number;
  /** amount_off: what is taken off, minor units. @minimum 0 @maximum 1e+15 @default 0 */
  off_minor?: number;
  /** percent_off and buy_get: hundredths of a percent taken off; 1550 is 15.5 %, 10000 all of it. Rounded half up, once. @minimum 0 @maximum 10000 @default 0 */
  percent_off_hundredths?: number;
  /** At most this is taken off; 0: no limit. @minimum 0 @maximum 1e+15 @default 0 */
  most_off_minor?: number;
  /** Counts for every threshold, or every so many units, instead of once. @default false */
  repeats?: boolean;
  /** When it repeats: at most so often; 0: no limit. @minimum 0 @maximum 1e+06 @default 0 */
  most_times?: number;
  /** buy_get: units to buy. @minimum 0 @maximum 1000 @default 0 */
  buy_units?: number;
  /** buy_get: units that are reduced, the cheapest. @minimum 0 @maximum 1000 @default 0 */
  get_units?: number;
  /** buy_get: goods that are reduced; left out: the same goods. */
  reward?: GoodsInput;
  /** set_price: what a set is made of. @default [] */
  parts?: SetPartInput[];
  /** set_price: what one set costs. @minimum 0 @maximum 1e+15 @default 0 */
  price_minor?: number;
  /** Codes that make it count; empty: it counts by itself. @default [] */
  codes?: string[];
  /** Orders it may count for in all; 0: no limit. @minimum 0 @maximum 1e+12 @default 0 */
  most_uses?: number;
  /** Orders each code may count for; 0: no limit. @minimum 0 @maximum 1e+12 @default 0 */
  most_uses_per_code?: number;
  /** Orders of one customer it may count for; 0: no limit. Needs an account. @minimum 0 @maximum 1e+09 @default 0 */
  most_uses_per_customer?: number;
  /** Only for a customer's first order. Needs an account. @default false */
  first_order?: boolean;
  /** Only for customers of one of these groups. Needs an account. @default [] */
  customer_groups?: string[];
  /** First day or moment in the shop's time zone; empty: now. @default "" */
  starts?: string;
  /** Last day (counted whole) or the moment it ends; empty: never. @default "" */
  ends?: string;
  /** Only on these days of the week, 1 Monday to 7 Sunday; empty: every day. @default [] */
  weekdays?: number[];
  /** Order of calculation, ascending. @minimum 1 @maximum 10000 @default 100 */
  priority?: number;
  /** At most one promotion of a group counts; empty: none. @default "" */
  group?: string;
  /** Goes with no other promotion. @default false */
  alone?: boolean;
  /** Shown on product pages and told by the guide, with its code. @default true */
  advertised?: boolean;
}

export interface GoodsInput {
  /** Products. @default [] */
  product_ids?: string[];
  /** Categories, with those below them. @default [] */
  category_ids?: string[];
  /** Brands, by the name in either language. @default [] */
  brands?: string[];
  /** Products that never count. @default [] */
  except_product_ids?: string[];
}

export interface SetPartInput {
  /** Which goods this part is made of. */
  goods: GoodsInput;
  /** How many of them. @minimum 1 @maximum 100 @default 1 */
  units?: number;
}

export interface PromotionReport {
  /** By what they took off. What would have been bought without them is not known from this: run an experiment. */
  promotions: PromotionReportRow[];
  /** ISO 4217 code. */
  currency: string;
}

export interface PromotionReportRow {
  /** Promotion. */
  promotion_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** Orders it counted for. */
  orders: number;
  /** Known customers among them. */
  customers: number;
  /** Taken off by it, minor units. */
  discount_minor: number;
  /** What was paid for these orders. */
  revenue_minor: number;
  /** Goods' revenue less cost; absent when a cost is not known. */
  margin_minor?: number;
}

export interface AskReport {
  /** Orders placed at or after, milliseconds. */
  from_ms?: number;
  /** Placed before. */
  to_ms?: number;
}

export interface SavedPromotion {
  /** Promotion. */
  promotion_id: string;
  /** Where it stands now. */
  state: PromotionState;
}

export interface SavePromotionInput {
  /** The promotion, whole; one of a known promotion_id is replaced and keeps its uses. */
  promotion: PromotionInput;
}

export interface PromotionIdInput {
  /** Which promotion. */
  promotion_id: string;
}

export interface ReviewDigest {
  /** Published reviews of the product. */
  reviews: number;
  /** Of these, read here: the newest 1,000 at most. */
  reviews_read: number;
  /** Of these, reviews in whose words a judgement was found. */
  reviews_with_remarks: number;
  /** Mean of the stars, 1 to 5; absent without reviews. */
  rating?: number;
  /** lexicon: read by a word list and rules, nothing was trained; learned: by a reader taught with reviews.teach. */
  basis: ReviewsBasis;
  /** The most spoken of first, overall last. */
  aspects: AspectLine[];
}

export type ReviewsBasis = "lexicon" | "learned";

export interface AspectLine {
  /** Identifier: quality, look, size, comfort, use, effect, sound, battery, smell, taste, noise, price, delivery, packaging, service, description or overall. */
  aspect: string;
  /** Its name in the answer's language. */
  label: string;
  /** Reviews that judge it. */
  count: number;
  /** Of these, reviews that only praise it. */
  praise: number;
  /** Reviews that only blame it. */
  blame: number;
  /** Reviews that do both. */
  both: number;
  /** Share of praise, 0..1; a review of both counts half. */
  praise_share: number;
  /** The most typical of the larger side first. */
  quotes: ReviewQuote[];
}

export interface ReviewQuote {
  /** Review it stands in. */
  review_id: string;
  /** A stretch of that review's text, exactly as written; data, never markup. */
  text: string;
  /** Whether it praises. */
  praise: boolean;
  /** Stars that the review gave. */
  rating: number;
  /** When it was written. */
  created_at_ms: number;
}

export interface DigestReviewsInput {
  /** Whose reviews. */
  product_id: string;
  /** Language of the labels and, where there are any, of the quotes: zh or en; empty: the caller's. @default "" */
  locale?: string;
  /** Most quotes of praise, and of blame, for an aspect. @minimum 0 @maximum 3 @default 1 */
  quotes?: number;
}

export interface ReaderState {
  /** Whether a taught reader reads the shop's reviews. */
  in_use: boolean;
  /** When it was taught; 0: never. */
  taught_at_ms: number;
  /** Marked reviews it was taught with. */
  reviews: number;
  /** Opinions in them. */
  opinions: number;
  /** Reviews that it was tried on and not taught with when it was. */
  held_out: number;
  /** F1 of the word list on these, over (aspect, praise or blame) of a review, 0..1. */
  f1_lexicon: number;
  /** The same of the taught reader. */
  f1_learned: number;
  /** Whether it reads Chinese reviews; else the others. */
  chinese: boolean;
}

export interface ReviewPage {
  /** Newest first. */
  reviews: Review[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface Review {
  /** Identifier; empty: a new one. */
  review_id: string;
  /** Product. */
  product_id: string;
  /** Who wrote it, if known. */
  customer_id: string;
  /** Stars. @minimum 1 @maximum 5 */
  rating: number;
  /** Title. */
  title: string;
  /** Text. */
  body: string;
  /** zh or en. */
  language: string;
  /** Name shown with it. */
  author: string;
  /** When; left out: now. */
  created_at_ms?: number;
}

export interface ListReviewsInput {
  /** Whose reviews. */
  product_id: string;
  /** Rows per page. @minimum 1 @maximum 200 @default 20 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface SaveReviewsInput {
  /** Reviews to keep. */
  reviews: ReviewInput[];
}

export interface ReviewInput {
  /** Identifier; empty: a new one. @default "" */
  review_id?: string;
  /** Product. */
  product_id: string;
  /** Who wrote it, if known. @default "" */
  customer_id?: string;
  /** Stars. @minimum 1 @maximum 5 */
  rating: number;
  /** Title. @default "" */
  title?: string;
  /** Text. @default "" */
  body?: string;
  /** zh or en. @default "" */
  language?: string;
  /** Name shown with it. @default "" */
  author?: string;
  /** When; left out: now. */
  created_at_ms?: number;
}

export interface TeachReaderInput {
  /** All marked reviews, in one language; they take the place of those before. Some hundred are needed. */
  reviews: MarkedTextInput[];
}

export interface MarkedTextInput {
  /** The review as it was written. */
  text: string;
  /** Everything that it judges; an empty list says that it judges nothing. */
  opinions: MarkedOpinionInput[];
}

export interface MarkedOpinionInput {
  /** Words of the review that name what is spoken of (音质, battery); empty: none do. @default "" */
  aspect?: string;
  /** Words of the review that judge it (很好, died fast). */
  opinion: string;
  /** Aspect it belongs to: quality, look, size, comfort, use, effect, sound, battery, smell, taste, noise, price, delivery, packaging, service, description or overall. */
  about: string;
  /** true: it praises, false: it blames. */
  praise: boolean;
}

export interface SlotEstimate {
  /** Places that were left to chance and are kept. */
  places: number;
  /** Share of them that was taken as it was filled. */
  taken: number;
  /** What the order that ran would have had there. */
  as_ordered: SlotValue;
  /** What the order with these weights would have had there. */
  proposed: SlotValue;
}

export interface SlotValue {
  /** Share of such places whose goods would be taken, doubly robust, 0..1. */
  value: number;
  /** 95 % interval from. */
  low: number;
  /** To. */
  high: number;
  /** The same by self-normalised weights. */
  snips: number;
  /** How many kept places speak of it. */
  effective: number;
  /** Whether these are enough (100) for the interval to mean what it says. */
  readable: boolean;
}

export interface EstimateInput {
  /** Only places of these rows; left out: of all. */
  placement?: SelectionPlacement;
  /** As in selection.save_rules. @minimum -5 @maximum 5 @default 0 */
  margin_weight?: number;
  /** As there. @minimum -5 @maximum 5 @default 0 */
  fresh_weight?: number;
  /** As there. @minimum 0.1 @maximum 3650 @default 14 */
  fresh_half_life_days?: number;
  /** As there. @minimum 0 @maximum 5 @default 0 */
  shown_weight?: number;
  /** How far to look back. @minimum 1 @maximum 180 @default 90 */
  days?: number;
}

export type SelectionPlacement = "home" | "product" | "basket" | "after_purchase" | "return_visit" | "email";

export interface PushedList {
  /** What is pushed now, by product. */
  pushed: SelectionPushed[];
}

export interface SelectionPushed {
  /** Product. */
  product_id: string;
  /** Until when, milliseconds since 1970 UTC. */
  until_ms: number;
}

export interface RuleSet {
  /** All rules there are from now on; those left out are no more. */
  rules: RecommendationRules[];
}

export interface RecommendationRules {
  /** Where; left out: everywhere that has no rules of its own. */
  placement?: SelectionPlacement;
  /** Only for an arm of this experiment; empty: everybody. */
  experiment_id: string;
  /** Which arm. */
  arm_id: string;
  /** Show what sells instead of what was learned: a control for an experiment. */
  best_sellers_only: boolean;
  /** Log-odds for a margin of 100 % of the price; 0: margin does not count. @minimum -5 @maximum 5 */
  margin_weight: number;
  /** Log-odds for a product listed today. @minimum -5 @maximum 5 */
  fresh_weight: number;
  /** After so many days half of that is left. @minimum 0.1 @maximum 3650 */
  fresh_half_life_days: number;
  /** Log-odds taken off for what was shown within a day: times ln(1 + times shown). @minimum 0 @maximum 5 */
  shown_weight: number;
  /** Not shown again to a visitor after so many times a day; 0: no limit. @minimum 0 @maximum 1000 */
  shown_limit: number;
  /** At most so many of a category in a row; 0: the usual. @minimum 0 @maximum 50 */
  most_of_category: number;
  /** In this share of rows one place, never the first, is left to chance among the next best, with known odds: what selection.estimate learns from, and what a newly learned model is compared by. 0: none. Left out, and of rows without any rule: 0.05; rules that were saved before that was so keep their 0. Rows that show best sellers only, those of a hold-out too, have none. @minimum 0 @maximum 0.5 */
  explore_share: number;
  /** Products that are never recommended here. */
  never: string[];
}

export interface SelectionPushInput {
  /** Which product. */
  product_id: string;
  /** For how many days. @minimum 1 @maximum 365 @default 28 */
  days?: number;
}

export interface Recommendations {
  /** The best first; only goods on sale and in stock. */
  items: Recommended[];
  /** What the order rests on. */
  basis: SelectionBasis;
  /** Whose weights it rests on: those of a place (its own, or the nearest with enough moments), shared by all places, plain where there is too little to fit, none for best sellers. */
  blend: Blend;
}

export interface Recommended {
  /** Product. */
  product_id: string;
  /** Title. */
  title: string;
  /** Brand. */
  brand: string;
  /** Address of the first picture, or empty. */
  picture: string;
  /** Lowest price of its variants, minor units. */
  price_from_minor: number;
  /** Highest price, minor units. */
  price_to_minor: number;
  /** Former price of the cheapest variant, if it was higher. */
  compare_at_minor?: number;
  /** in_stock, low (five or fewer) or out. */
  stock: Availability;
  /** Mean of its reviews, 1 to 5. */
  rating?: number;
  /** How many reviews. */
  reviews: number;
  /** Why it is here, for programs. */
  reason_kind: SelectionReasonKind;
  /** The product that led to it, if one did. */
  because_product_id: string;
  /** Why it is here, one sentence. */
  reason: string;
  /** Log-odds up to a constant of this answer: 0.7 more is twice as likely; absent without a model. */
  score?: number;
}

export type Availability = "in_stock" | "low" | "out";

export type SelectionReasonKind = "popular" | "alike" | "viewed_after" | "viewed_by_people_alike" | "bought_with" | "bought_by_people_alike" | "again" | "pushed" | "liked" | "fresh" | "on_shelf";

export type SelectionBasis = "popularity" | "visits" | "purchases";

export type Blend = "none" | "plain" | "shared" | "home" | "product" | "basket" | "after_purchase" | "return_visit" | "email";

export interface RecommendInput {
  /** Where the goods will stand. @default "home" */
  placement?: SelectionPlacement;
  /** What is looked at, in the basket or just bought; these are never recommended themselves. @default [] */
  product_ids?: string[];
  /** Whose purchases count; staff only, a shopper's own account counts by itself. @default "" */
  customer_id?: string;
  /** Visit whose views count; staff only, a shopper's own visit counts by itself. @default "" */
  session_id?: string;
  /** Only goods of this category and below. @default "" */
  category_id?: string;
  /** How many at most. @minimum 1 @maximum 50 @default 12 */
  count?: number;
  /** Language of titles and reasons, zh or en; empty: the caller's. @default "" */
  locale?: string;
}

export interface RuleSetInput {
  /** All rules there are from now on; those left out are no more. */
  rules: RecommendationRulesInput[];
}

export interface RecommendationRulesInput {
  /** Where; left out: everywhere that has no rules of its own. */
  placement?: SelectionPlacement;
  /** Only for an arm of this experiment; empty: everybody. @default "" */
  experiment_id?: string;
  /** Which arm. @default "" */
  arm_id?: string;
  /** Show what sells instead of what was learned: a control for an experiment. @default false */
  best_sellers_only?: boolean;
  /** Log-odds for a margin of 100 % of the price; 0: margin does not count. @minimum -5 @maximum 5 @default 0 */
  margin_weight?: number;
  /** Log-odds for a product listed today. @minimum -5 @maximum 5 @default 0 */
  fresh_weight?: number;
  /** After so many days half of that is left. @minimum 0.1 @maximum 3650 @default 14 */
  fresh_half_life_days?: number;
  /** Log-odds taken off for what was shown within a day: times ln(1 + times shown). @minimum 0 @maximum 5 @default 0 */
  shown_weight?: number;
  /** Not shown again to a visitor after so many times a day; 0: no limit. @minimum 0 @maximum 1000 @default 0 */
  shown_limit?: number;
  /** At most so many of a category in a row; 0: the usual. @minimum 0 @maximum 50 @default 0 */
  most_of_category?: number;
  /** In this share of rows one place, never the first, is left to chance among the next best, with known odds: what selection.estimate learns from, and what a newly learned model is compared by. 0: none. Left out, and of rows without any rule: 0.05; rules that were saved before that was so keep their 0. Rows that show best sellers only, those of a hold-out too, have none. @minimum 0 @maximum 0.5 @default 0.05 */
  explore_share?: number;
  /** Products that are never recommended here. @default [] */
  never?: string[];
}

export interface Status {
  /** Whether there is a model. */
  learned: boolean;
  /** When it was learned. */
  trained_at_ms?: number;
  /** Products it knows. */
  products: number;
  /** Views and purchases taken in since then. */
  caught_up_events: number;
  /** What was learned, with how well it did. */
  models: ModelReport[];
  /** What was learned last beside what was in use then, estimated before the switch. Absent: no places tell, or nothing was learned anew since the start. */
  switch_estimate?: SwitchEstimate;
  /** Whether the older stays in use because what was learned last would have done worse there for certain; it is compared anew at each learning, and no model older than 14 days is kept so. */
  kept_older: boolean;
}

export interface ModelReport {
  /** What it was learned from. */
  basis: SelectionBasis;
  /** Visits or customers. */
  histories: number;
  /** Views or purchases counted. */
  events: number;
  /** Moments held back to measure it. */
  questions: number;
  /** Share of them whose next product was among its first ten, 0..1. */
  hit_rate?: number;
  /** The same for the ten best sellers. */
  popular_hit_rate?: number;
  /** Whether it is used: only when it beats the best sellers. */
  in_use: boolean;
  /** Places that have weights of their own: enough moments of the past stand for them, and these weights foretell them better than the nearest do. */
  blends: SelectionPlacement[];
}

export interface SwitchEstimate {
  /** Places that were left to chance and say what their row rested on, the newest 10,000 of 90 days. */
  places: number;
  /** Share of them that was taken as it was filled. */
  taken: number;
  /** What the model in use would have had there. */
  in_use: SlotValue;
  /** What was learned anew would have had there. */
  newer: SlotValue;
}

export interface UnpushInput {
  /** Which product. */
  product_id: string;
}

export interface Settings {
  /** Name of the shop. */
  name: string;
  /** Name in Chinese. */
  name_zh: string;
  /** ISO 4217 code; fixed once there are prices. */
  currency: string;
  /** Usual language. */
  locale: string;
  /** IANA time zone. */
  time_zone: string;
  /** All settings. */
  settings: Setting[];
}

export interface Setting {
  /** Setting. */
  name: string;
  /** Value; of a secret only whether it is set. */
  value: string;
  /** What it does. */
  meaning_en: string;
  /** What it does, in Chinese. */
  meaning_zh: string;
  /** Never shown. */
  secret: boolean;
}

export interface UpdateSettingsInput {
  /** Settings to change; all or none. @default [] */
  changes?: Change1Input[];
  /** New name of the shop. */
  shop_name?: string;
  /** New Chinese name. */
  shop_name_zh?: string;
  /** Usual language: en or zh. */
  locale?: string;
  /** IANA time zone of the shop's days; instants that are kept stay as they are. */
  time_zone?: string;
}

export interface Change1Input {
  /** Setting. */
  name: string;
  /** New value; empty: back to the default. */
  value: string;
}

export interface ShippingList {
  /** Ways of sending, in order. */
  options: ShippingRule[];
}

export interface ShippingRule {
  /** The shop's identifier of this way. */
  option_id: string;
  /** Name in English. */
  title_en: string;
  /** Name in Chinese. */
  title_zh: string;
  /** ISO 3166 codes it goes to, with commas: US,CA; empty: everywhere; beginning with !: everywhere but there. */
  countries: string;
  /** What it costs, minor units. @minimum 0 @maximum 1e+12 */
  fee_minor: number;
  /** Free for goods worth this much; 0: never. @minimum 0 @maximum 1e+15 */
  free_from_minor: number;
  /** Fewest days to arrive. @minimum 0 @maximum 365 */
  days_from?: number;
  /** Most days to arrive. @minimum 0 @maximum 365 */
  days_to?: number;
  /** Order in which they are offered, ascending; the first is chosen unless the shopper says otherwise. @minimum 0 @maximum 1e+06 */
  position: number;
}

export interface SaveShippingInput {
  /** All ways there are from now on; those left out are no more. */
  options: ShippingRuleInput[];
}

export interface ShippingRuleInput {
  /** The shop's identifier of this way. */
  option_id: string;
  /** Name in English. @default "" */
  title_en?: string;
  /** Name in Chinese. @default "" */
  title_zh?: string;
  /** ISO 3166 codes it goes to, with commas: US,CA; empty: everywhere; beginning with !: everywhere but there. @default "" */
  countries?: string;
  /** What it costs, minor units. @minimum 0 @maximum 1e+12 */
  fee_minor: number;
  /** Free for goods worth this much; 0: never. @minimum 0 @maximum 1e+15 @default 0 */
  free_from_minor?: number;
  /** Fewest days to arrive. @minimum 0 @maximum 365 */
  days_from?: number;
  /** Most days to arrive. @minimum 0 @maximum 365 */
  days_to?: number;
  /** Order in which they are offered, ascending; the first is chosen unless the shopper says otherwise. @minimum 0 @maximum 1e+06 @default 0 */
  position?: number;
}

export interface Overview {
  /** ISO 4217 code. */
  currency: string;
  /** Start of the period. */
  from_ms: number;
  /** End of the period. */
  until_ms: number;
  /** Key figures. */
  figures: Figure[];
  /** Day by day. */
  daily: DayFigure[];
  /** The period before, day by day, as long as daily. */
  daily_before: DayFigure[];
  /** Products that sell more than before, by difference. */
  rising: Mover[];
  /** Products that sell less. */
  falling: Mover[];
  /** Decisions that wait. */
  open_decisions: number;
  /** Those of them that tell of a move of the market (market.watch). */
  market_moves: number;
  /** Paid and not shipped. */
  orders_to_ship: number;
  /** SKUs on sale without stock. */
  skus_out_of_stock: number;
  /** Jobs at work. */
  running_jobs: number;
}

export interface Figure {
  /** gmv, orders, customers, new_customers, average_order, returns_share, visits in the event log, conversion: share of these visits that ended in an order. */
  name: string;
  /** In the period. */
  value: number;
  /** In the period of the same length before. */
  before: number;
  /** minor, count or share. */
  unit: string;
}

export interface DayFigure {
  /** Day. */
  date: string;
  /** Ordered that day, minor units. */
  gmv_minor: number;
  /** Orders that day. */
  orders: number;
  /** Different customers who ordered that day. */
  customers: number;
  /** Customers whose first order was that day. */
  new_customers: number;
  /** Visits in the event log that day. */
  visits: number;
  /** GMV for each order; 0 without orders. */
  average_order_minor: number;
  /** Share of that day's visits in the event log that ended in an order; 0 without visits. */
  conversion: number;
  /** Orders returned that day for each order of that day; 0 without orders. */
  returns_share: number;
}

export interface Mover {
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Sold in the period, minor units. */
  gmv_minor: number;
  /** In the period before. */
  before_minor: number;
}

export interface AskOverviewInput {
  /** Length of the period. @minimum 1 @maximum 366 @default 30 */
  days?: number;
  /** End of it; left out: the end of the last day with orders. */
  until_ms?: number;
}

export interface StorefrontFacts {
  /** Name of the shop. */
  name: string;
  /** Name in Chinese; may be empty. */
  name_zh: string;
  /** ISO 4217 code of all prices. */
  currency: string;
  /** The shop's usual language. */
  locale: string;
  /** Shipping fee of an order, minor units. */
  shipping_fee_minor: number;
  /** Orders from this amount ship free; 0: never. */
  free_shipping_from_minor: number;
  /** Payment methods that orders.place takes. */
  payments: string[];
  /** Other sites that may show the guide. */
  embed_origins: string[];
  /** What the shop promises, in its own words; only what it has written. */
  policies: PolicyText[];
}

export interface PolicyText {
  /** shipping, returns, warranty, payment or invoice. */
  topic: string;
  /** In English; may be empty. */
  text_en: string;
  /** In Chinese; may be empty. */
  text_zh: string;
}

export interface Shop {
  /** Number of the shop, for X-Kindling-Shop. */
  shop_id: number;
  /** Name. */
  name: string;
  /** Name in Chinese. */
  name_zh: string;
  /** ISO 4217 code. */
  currency: string;
  /** Usual language. */
  locale: string;
  /** IANA time zone. */
  time_zone: string;
  /** Since. */
  created_at_ms: number;
}

export interface CreateShopInput {
  /** Name. */
  name: string;
  /** Name in Chinese. @default "" */
  name_zh?: string;
  /** ISO 4217 code; fixed from then on. @default "CNY" */
  currency?: string;
  /** Usual language: en or zh. @default "zh" */
  locale?: string;
  /** IANA time zone. @default "Asia/Shanghai" */
  time_zone?: string;
}

export interface ShopList {
  /** Shops of this server that the caller belongs to; all for the server's own owner. */
  shops: Shop[];
}

export interface Said {
  /** The sound as base64; empty when there was nothing to say. */
  data: string;
  /** Told from its content, such as audio/mpeg. */
  media_type: string;
  /** Who spoke. */
  voice: Voice;
}

export type Voice = "none" | "offline" | "endpoint";

export interface SayInput {
  /** What to read aloud, at most 600 bytes; longer texts a sentence at a time. */
  text: string;
  /** Its language, zh or en; empty: the caller's. @default "" */
  locale?: string;
}

export interface Abilities {
  /** Whether speech.transcribe can be asked (a speech-to-text endpoint is set). */
  hears: boolean;
  /** What speech.say speaks with: none, offline (espeak-ng on this machine, robotic), endpoint. */
  voice: Voice;
}

export interface Transcribed {
  /** What was said, one line; nothing of it is kept. */
  text: string;
}

export interface TranscribeInput {
  /** Sound as base64: WAV (16-bit PCM, best at 16 kHz), WebM, Ogg, MP4, MP3 or FLAC, told by its content; at most 1 MB before that and, where it is WAV, 60 seconds. */
  data: string;
  /** Language that is spoken, zh or en; empty: as the endpoint finds. @default "" */
  locale?: string;
}

export interface StockPage {
  /** Stock by SKU and place. */
  levels: StockLevel[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface StockLevel {
  /** SKU. */
  sku: string;
  /** Place. */
  place_id: string;
  /** Units there. */
  on_hand: number;
  /** Of these, promised to orders. */
  reserved: number;
  /** Last move. */
  updated_at_ms: number;
}

export interface ListStockInput {
  /** Only this SKU. @default "" */
  sku?: string;
  /** Only this place. @default "" */
  place_id?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 100 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface RecordMovesInput {
  /** Moves in the order they happened; all or none. */
  moves: StockMoveInput[];
}

export interface StockMoveInput {
  /** Which SKU. */
  sku: string;
  /** Where; main is the shop's default place. @default "main" */
  place_id?: string;
  /** Units in (positive) or out (negative). @minimum -1e+09 @maximum 1e+09 */
  quantity: number;
  /** received, sold, returned, adjusted, moved, lost or expired. @default "adjusted" */
  kind?: string;
  /** Order, purchase order or count that it belongs to. @default "" */
  reference?: string;
  /** When, milliseconds since 1970 UTC; left out: now. */
  at_ms?: number;
}

export interface SavePlacesInput {
  /** Places to save. */
  places: PlaceInput[];
}

export interface PlaceInput {
  /** The shop's identifier of the place. */
  place_id: string;
  /** warehouse, store, plant or front_warehouse. @default "warehouse" */
  kind?: string;
  /** Name in English. @default "" */
  name_en?: string;
  /** Name in Chinese. @default "" */
  name_zh?: string;
  /** ISO 3166 code. @default "" */
  country?: string;
  /** City. @default "" */
  city?: string;
  /** Degrees north. @minimum -90 @maximum 90 */
  latitude?: number;
  /** Degrees east. @minimum -180 @maximum 180 */
  longitude?: number;
}

export interface AlertPage {
  /** Most money first. */
  alerts: StockAlert[];
  /** By kind, over all. */
  sums: AlertSum[];
  /** How many there are in all. */
  total: number;
  /** ISO 4217 code. */
  currency: string;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface StockAlert {
  /** stock_out, overstock, expiry, slow or late_delivery. */
  kind: AlertKind;
  /** SKU. */
  sku: string;
  /** Place. */
  place_id: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Supplier. */
  supplier_id: string;
  /** Units that it is about. */
  units: number;
  /** Money at stake: margin that would be missed, or cost of what is too much; once for each good and place, 0 in its other alerts. */
  money_minor: number;
  /** Day on which it runs out, expires or was expected. */
  day?: number;
  /** What it is, in English. */
  text_en: string;
  /** What it is, in Chinese. */
  text_zh: string;
  /** Of a stock-out the open purchase proposal that orders it, else the clearance that was proposed for it; empty: none. */
  decision_id: string;
  /** Order that is late; of a stock-out one that was placed after the plan; empty otherwise. */
  purchase_order_id: string;
  /** Units that the open purchase proposal orders of it; absent: in none. */
  proposed_units?: number;
}

export type AlertKind = "stock_out" | "overstock" | "expiry" | "slow" | "late_delivery";

export interface AlertSum {
  /** Kind. */
  kind: AlertKind;
  /** How many. */
  count: number;
  /** Money at stake. */
  money_minor: number;
}

export interface AskAlertsInput {
  /** Only of this kind. */
  kind?: AlertKind;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface Allocation {
  /** ISO 4217 code. */
  currency: string;
  /** Goods that are kept at several places. */
  goods: number;
  /** Units to move. */
  units: number;
  /** Expected value of all. */
  value_minor: number;
  /** One for each pair of places, most valuable first. */
  transfers: Transfer[];
}

export interface Transfer {
  /** Sender. */
  from_place_id: string;
  /** Receiver. */
  to_place_id: string;
  /** The decision; empty: none was made. */
  decision_id: string;
  /** Units. */
  units: number;
  /** Expected value. */
  value_minor: number;
  /** Cost of moving, in it already. */
  cost_minor: number;
  /** Goods, most valuable first. */
  lines: TransferLine[];
}

export interface TransferLine {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Units to move. */
  quantity: number;
  /** Expected margin saved less the cost of moving. */
  value_minor: number;
  /** Free units at the sender. */
  from_on_hand: number;
  /** Free units at the receiver. */
  to_on_hand: number;
  /** Units expected there until its next order could come. */
  from_needed: number;
  /** Units expected at the receiver until then. */
  to_needed: number;
}

export interface AllocateInput {
  /** At most so many transfers, the most valuable; 0: only the answer. @minimum 0 @maximum 200 @default 20 */
  most_decisions?: number;
}

export interface Backtest {
  /** ISO 4217 code. */
  currency: string;
  /** First day. */
  from_day: number;
  /** First day after it. */
  until_day: number;
  /** Goods at places that counted. */
  goods: number;
  /** Promised fill rate, by units. */
  promised: number;
  /** Share of the demand that is drawn, for days with empty shelves. */
  drawn_share: number;
  /** What the plan follows for goods that seldom sell. */
  level_rule: LevelRule;
  /** Cost of the naive rule less that of the plan. */
  saved_minor: number;
  /** Levels set by hand that the plan followed in it. */
  by_hand: number;
  /** The rules side by side. */
  rules: RuleLine[];
  /** Day by day. */
  days: ReplayedDay[];
  /** Whether the ledger has it now. */
  booked: boolean;
  /** Entry of the ledger. */
  entry_id: string;
  /** What else there is to say. */
  note: string;
}

export type LevelRule = "moments" | "pooled" | "forest";

export interface RuleLine {
  /** plan; plan_moments, plan_pooled or plan_forest: the plan by a rule of also_by; plan_order_up_to and alike: all goods by a policy of policies; plan_without_hand: without what people set; naive: order what was sold since the order day before; actual: what was. */
  rule: string;
  /** Share of the units asked for that were served. */
  fill_rate: number;
  /** The same from the day on which the first order of each supplier came: until then all serve from the stock that was. */
  settled_fill_rate: number;
  /** What the levels of a plan were to serve: below the promise where more would lie too long, or earn too little. */
  planned_fill_rate?: number;
  /** Units asked for. */
  asked: number;
  /** Units served. */
  served: number;
  /** Cost of what was on shelves, mean of the days. */
  stock_minor: number;
  /** Cost of keeping it. */
  holding_minor: number;
  /** Cost of ordering. */
  ordering_minor: number;
  /** Margin missed. */
  missed_minor: number;
  /** Cost of what expired unsold; not known of what was. */
  expired_minor: number;
  /** Saved by lower prices for larger orders, on units sold; not known of what was. */
  price_saved_minor: number;
  /** Keeping, ordering, missed and expired, less what lower prices saved. */
  cost_minor: number;
  /** Orders. */
  orders: number;
  /** Their lines. */
  lines: number;
}

export interface ReplayedDay {
  /** Day. */
  day: number;
  /** Stock of the plan, at cost. */
  plan_stock_minor: number;
  /** Stock of the naive rule. */
  naive_stock_minor: number;
  /** Stock that was. */
  actual_stock_minor: number;
  /** Served that day by the plan. */
  plan_fill_rate: number;
  /** Served that day by the naive rule. */
  naive_fill_rate: number;
}

export interface BookBacktestInput {
  /** How many days of the past to play again; fewer when less than 60 days of sales lie before them. @minimum 14 @maximum 364 @default 84 */
  days?: number;
  /** First day after the stretch; left out: the end of the sales. */
  until_day?: number;
  /** What every night does: play the days since what was booked last, once there are two weeks of them (at first `days`); otherwise book nothing and say so. @default false */
  as_due?: boolean;
}

export interface Purchase {
  /** Number. */
  purchase_order_id: string;
  /** From whom. */
  supplier_id: string;
  /** Where to. */
  place_id: string;
  /** ordered, received or cancelled. */
  status: string;
  /** ISO 4217 code. */
  currency: string;
  /** When. */
  ordered_at_ms: number;
  /** Expected. */
  expected_day?: number;
  /** Received. */
  received_at_ms?: number;
  /** Sum. */
  total_minor: number;
  /** Goods. */
  lines: PurchasedLine[];
}

export interface PurchasedLine {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Units ordered. */
  quantity: number;
  /** Units received. */
  received: number;
  /** Cost of one. */
  cost_minor: number;
}

export interface PurchaseNumberInput {
  /** Purchase order. */
  purchase_order_id: string;
}

export interface ChainLevels {
  /** ISO 4217 code. */
  currency: string;
  /** The good. */
  sku: string;
  /** The place that sells it. */
  place_id: string;
  /** Units asked for a day. */
  daily_mean: number;
  /** Promise of the good. */
  target: number;
  /** Share of a day's units that it serves at once. */
  fill_rate: number;
  /** Units that shoppers wait for, on average. */
  owed: number;
  /** Cost of what is on all shelves, on average. */
  stock_minor: number;
  /** The same if the place kept all of it for the whole way. */
  alone_minor: number;
  /** Its level then. */
  alone_level: number;
  /** Whether the levels are exact for this demand; else demand was taken as continuous. */
  exact: boolean;
  /** From the supplier on to the place that sells. */
  stages: ChainStage[];
  /** Routes that would lead back to where supply comes from, and were left out. */
  returning: ReturningRoute[];
}

export interface ChainStage {
  /** Place. */
  place_id: string;
  /** Days on the way to it; of the first the supplier's, with one review. */
  lead_time_days: number;
  /** Units here, on the way here and at all places after it, less owed, to order up to. */
  echelon_level: number;
  /** It cannot be less at best (Shang & Song 2003). */
  echelon_low: number;
  /** Nor more. */
  echelon_high: number;
  /** Of these, here and on the way here. */
  level: number;
  /** Units on its shelf, on average. */
  on_hand: number;
}

export interface ReturningRoute {
  /** Place that sends. */
  from_place_id: string;
  /** Place that receives. */
  to_place_id: string;
}

export interface AskChainInput {
  /** Which good. */
  sku: string;
  /** Place that sells it; empty: where most of it is asked for. @default "" */
  place_id?: string;
}

export interface PurchaseProposal {
  /** The decision. */
  decision_id: string;
  /** State of the decision. */
  state: string;
  /** Number of the purchase order that approving makes. */
  purchase_order_id: string;
  /** Supplier. */
  supplier_id: string;
  /** Its name. */
  supplier_name: string;
  /** Where to. */
  place_id: string;
  /** ISO 4217 code. */
  currency: string;
  /** When it was proposed. */
  made_at_ms: number;
  /** Order day it is for. */
  order_day: number;
  /** Day on which it should come. */
  expected_day: number;
  /** What it costs. */
  total_minor: number;
  /** Least order value of the supplier; 0: none. */
  minimum_minor: number;
  /** Expected to save. */
  saves_minor: number;
  /** Low end (10 %). */
  saves_low_minor: number;
  /** High end (90 %). */
  saves_high_minor: number;
  /** Whether it is not the supplier's order day, but some good cannot wait. */
  urgent: boolean;
  /** Whether it stays below the supplier's least order value. */
  below_minimum: boolean;
  /** Lead time, mean. */
  lead_mean_days: number;
  /** Nine of ten orders come within so many days. */
  lead_p90_days: number;
  /** Orders that this rests on. */
  lead_observed: number;
  /** Units in all. */
  units: number;
  /** Units that are needed and were left out, because the supplier gives no more, the place holds no more or the night's money pays for no more. */
  left_out_units: number;
  /** Units added to reach the supplier's least order value. */
  filled_units: number;
  /** Margin expected to be missed if it waited for the next order day. */
  waiting_minor: number;
  /** Where it was below the least order value: what the units that were added cost to keep until they are asked for, on another day than the order day with what an order of its own costs; absent: it was not, or cannot be filled up. */
  filling_minor?: number;
  /** Goods. */
  lines: ProposalLine[];
}

export interface ProposalLine {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Units that the order asks for now. */
  quantity: number;
  /** Units that the plan proposed. */
  proposed_quantity: number;
  /** Cost of one. */
  cost_minor: number;
  /** Cost of the line. */
  line_minor: number;
  /** Units here, not promised. */
  on_hand: number;
  /** Ordered and not here yet. */
  on_order: number;
  /** Order at or below this. */
  reorder_level: number;
  /** Order up to this. */
  order_up_to: number;
  /** Units a day expected. */
  daily_mean: number;
  /** Units expected to be asked for until the order after this one could come. */
  needed: number;
  /** Days that here and on order last without it. */
  cover_days: number;
  /** Days with it. */
  cover_days_after: number;
  /** What is promised: fill_rate or cycle_service. */
  service: ServiceKind;
  /** The share that is promised of it. */
  target: number;
  /** What this good has to serve so that all goods with its promise keep it together at the least stock; absent: the promise itself. */
  aim?: number;
  /** Chance to be sold out until then without it. */
  run_out_chance: number;
  /** Expected margin saved, less what keeping it costs until the next order day. */
  saves_minor: number;
  /** What keeping it costs until then. */
  holding_minor: number;
  /** Later order days whose expected demand it covers too: the lot that its terms make cheapest. */
  lot_reviews: number;
  /** What that lot is expected to save over the next weeks beside the quantity of the policy; 0: no terms, or the same. */
  lot_saves_minor: number;
  /** What the proposed quantity was expected to save, once it was changed. */
  proposed_saves_minor: number;
  /** Class by revenue. */
  abc: string;
  /** forecast, smoothing or pooled. */
  method: string;
  /** Why so many, in English. */
  why_en: string;
  /** Why so many, in Chinese. */
  why_zh: string;
  /** Why a person changed it; empty: as proposed. */
  edit_reason: string;
}

export type ServiceKind = "fill_rate" | "cycle_service";

export interface EditProposalInput {
  /** Proposal. */
  decision_id: string;
  /** Why, for the record. */
  reason: string;
  /** Lines to change. */
  lines: LineChangeInput[];
}

export interface LineChangeInput {
  /** SKU of a line. */
  sku: string;
  /** Units instead; 0: leave it out. @minimum 0 @maximum 1e+09 */
  quantity: number;
}

export interface LevelByHand {
  /** Which. */
  level_id: string;
  /** SKU. */
  sku: string;
  /** Place. */
  place_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** How it is ordered, as set. */
  policy: OrderPolicy;
  /** How many at a time, as set. */
  order_quantity?: number;
  /** Order at, as set. */
  reorder_level?: number;
  /** Order up to, as set. */
  order_up_to?: number;
  /** Share that is promised, as set. */
  fill_rate?: number;
  /** What is promised, as set. */
  service?: ServiceKind;
  /** From this day on. */
  first_day: number;
  /** Last day on which it counts. */
  last_day: number;
  /** Why. */
  reason: string;
  /** When it was set. */
  made_at_ms: number;
  /** Who set it. */
  made_by: string;
  /** Their name; empty: a key. */
  made_by_name: string;
  /** counts, over (its days are over) or ended (taken back, or another was set). */
  state: HandState;
  /** Day on which it was ended. */
  ended_day?: number;
  /** What the newest plan under it followed; absent: no plan was made since. */
  followed_reorder_level?: number;
  /** The same, order up to. */
  followed_order_up_to?: number;
  /** What that plan would have followed by itself. */
  plan_reorder_level?: number;
  /** The same, order up to. */
  plan_order_up_to?: number;
  /** What it came to so far, once a plan was made on a later day. */
  score?: LevelScore;
}

export type OrderPolicy = "by_cost" | "order_up_to" | "min_max" | "fixed_quantity" | "reorder_point" | "season";

export type HandState = "counts" | "over" | "ended";

export interface LevelScore {
  /** First day that was played. */
  from_day: number;
  /** Day after the last. */
  until_day: number;
  /** Units asked for. */
  asked: number;
  /** Of these, served by the levels set by hand. */
  served: number;
  /** Served by the plan's own levels. */
  served_by_plan: number;
  /** Units on the shelf, mean, by hand. */
  stock: number;
  /** The same by the plan. */
  stock_by_plan: number;
  /** Keeping, ordering and missed margin, by hand. */
  cost_minor: number;
  /** The same by the plan. */
  plan_cost_minor: number;
  /** What it saved; below 0: it cost more. */
  helped_minor: number;
  /** Whether its days are over. */
  final: boolean;
}

export interface EndLevelInput {
  /** Which. */
  level_id: string;
}

export interface FrontAnswer {
  /** Orders that were looked at. */
  orders: number;
  /** Share of them that these goods serve whole. */
  served_share: number;
  /** Share that as many best sellers would serve. */
  best_seller_share: number;
  /** Goods to keep there, best selling first. */
  items: FrontItem[];
}

export interface FrontItem {
  /** SKU. */
  sku: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Units a day in those orders. */
  daily_mean: number;
}

export interface ChooseFrontInput {
  /** How many goods fit. @minimum 1 @maximum 1e+05 @default 200 */
  item_places?: number;
  /** Days of orders to look at. @minimum 7 @maximum 400 @default 90 */
  days?: number;
}

export interface StockedGood {
  /** The good in the plan. */
  item: StockItem;
  /** What is on order. */
  arrivals: ComingStock[];
  /** The last 60 days. */
  past: StockPast[];
  /** The next 60 days. */
  ahead: StockAhead[];
  /** Places that the plan has it at. */
  places: string[];
}

export interface StockItem {
  /** SKU. */
  sku: string;
  /** Place. */
  place_id: string;
  /** Product. */
  product_id: string;
  /** Title in English. */
  title_en: string;
  /** Title in Chinese. */
  title_zh: string;
  /** Supplier that it comes from; empty: unknown. */
  supplier_id: string;
  /** Class by revenue. */
  abc: string;
  /** Class by how steady it sells. */
  xyz: string;
  /** out, runs_out (before a new order could come), low (time to order), enough, excess, idle (nothing asked for, or not worth keeping) or unknown (stock is not counted, or flag not_computed). */
  state: SupplyStockState;
  /** Units there. */
  on_hand: number;
  /** Of these, promised. */
  reserved: number;
  /** Ordered and not here yet. */
  on_order: number;
  /** Units a day expected over the protection time. */
  daily_mean: number;
  /** Days that what is here lasts at that rate; 9999: more than can be said. */
  cover_days: number;
  /** Day on which it is expected to be sold out if nothing more is ordered; of what is sold out now, today; absent: not within 90 days. */
  run_out_day?: number;
  /** Of what is sold out now: day on which it is expected to be gone again after what is on order came; absent: nothing comes, or it lasts beyond 90 days. */
  gone_again_day?: number;
  /** Chance that it is sold out before an order of the next order day after today could come; 1 of what is sold out now. */
  run_out_chance: number;
  /** Expected margin lost to empty shelves until then if nothing is ordered now. */
  at_stake_minor: number;
  /** Units beyond what sells within overstock_days with a chance of 90 %. */
  excess_units: number;
  /** Their cost. */
  excess_minor: number;
  /** Cost of what is here. */
  stock_minor: number;
  /** base_stock (R,S), min_max (R,s,S), lots (R,r,nQ), reorder_point (r,Q) every day, or season (s_t,S_t). */
  policy: string;
  /** What demand was computed by: forecast (forecast.run, with what planners changed), smoothing (sales alone, where there is no newer forecast) pooled or forest (goods that seldom sell, together: with those that sold as often, with those that looked alike). */
  method: string;
  /** On an order day, order at or below this many on hand and on order. */
  reorder_level: number;
  /** Order up to this many. */
  order_up_to: number;
  /** What is promised: fill_rate or cycle_service. */
  service: ServiceKind;
  /** The share that is promised of it. */
  target: number;
  /** What this good has to serve so that all goods with its promise keep it together at the least stock; absent: the promise itself. */
  aim?: number;
  /** Fill rate that the policy keeps. */
  fill_rate: number;
  /** Share of order cycles in which nothing is missing by the policy. */
  cycle_service: number;
  /** What keeping and ordering cost a year by it. */
  policy_year_minor: number;
  /** Lead time, mean. */
  lead_mean_days: number;
  /** Its standard deviation. */
  lead_deviation_days: number;
  /** Days between order days. */
  review_days: number;
  /** Next order day of the supplier. */
  next_order_day: number;
  /** Units to order on it. */
  order_quantity: number;
  /** Cost of one unit. */
  cost_minor: number;
  /** What the order costs. */
  order_minor: number;
  /** Expected margin saved by it, less the cost of keeping it. */
  saves_minor: number;
  /** Units past their date, by first in, first out: to be written off, and not counted as here. */
  expired_units: number;
  /** Units that are expected to expire unsold, by first in, first out. */
  expiring_units: number;
  /** Days with stock since the last sale; 400: longer than the window. */
  days_since_sale: number;
  /** Day on which the first of them expires. */
  expiry_day?: number;
  /** Clearance that was proposed; empty: none. */
  clearance_decision_id: string;
  /** What to know: no_supplier, no_cost (taken as the usual share of the price), short_history, below_target, late_delivery, shelf_life, ended, edited (people changed its forecast), by_hand (people set its levels or its promise), not_computed (its figures are beyond what can be computed); kept below the promise: long_cover (more would lie longer than overstock_days), slow (not sold for slow_days), not_worth_more (a further unit costs more to keep than it earns), on_demand (so does the first). */
  flags: string[];
}

export type SupplyStockState = "out" | "runs_out" | "low" | "enough" | "excess" | "idle" | "unknown";

export interface ComingStock {
  /** Expected, days since 1970. */
  day: number;
  /** Units. */
  units: number;
  /** Whether it should be here already. */
  late: boolean;
}

export interface StockPast {
  /** Day. */
  day: number;
  /** Units at the end of it. */
  stock: number;
  /** Units sold on it. */
  sold: number;
}

export interface StockAhead {
  /** End of this day. */
  day: number;
  /** Stock if demand is high (90 %). */
  low: number;
  /** Expected stock with what is on order. */
  mean: number;
  /** Stock if demand is low (10 %). */
  high: number;
  /** Expected stock with the order of the plan. */
  with_order: number;
}

export interface AskStockedGoodInput {
  /** SKU. */
  sku: string;
  /** Place; empty: where most of it is asked for. @default "" */
  place_id?: string;
}

export interface LevelsByHand {
  /** Newest first, the newest 500. */
  levels: LevelByHand[];
  /** Of all, those that were scored. */
  scored: number;
  /** Of these, those that cost less than the plan's own levels. */
  helped: number;
  /** What all of them saved; below 0: they cost more. */
  helped_minor: number;
  /** ISO 4217 code. */
  currency: string;
}

export interface AskLevelsInput {
  /** Only of this SKU. @default "" */
  sku?: string;
  /** Only at this place. @default "" */
  place_id?: string;
}

export interface PurchaseOrderPage {
  /** Newest first, without lines. */
  purchase_orders: PurchaseOrder[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface PurchaseOrder {
  /** Identifier; empty: a new one. */
  purchase_order_id: string;
  /** From whom. */
  supplier_id: string;
  /** Where to. */
  place_id: string;
  /** State. */
  status: PurchaseStatus;
  /** When; 0: now. */
  ordered_at_ms: number;
  /** Expected, days since 1970. */
  expected_day?: number;
  /** Received. */
  received_at_ms?: number;
  /** Sum; 0 on input: of the lines. */
  total_minor: number;
  /** What was ordered. */
  lines: PurchaseLine[];
}

export type PurchaseStatus = "ordered" | "received" | "cancelled";

export interface PurchaseLine {
  /** SKU. */
  sku: string;
  /** Units ordered. @minimum 1 @maximum 1e+09 */
  quantity: number;
  /** Units received so far. @minimum 0 @maximum 1e+09 */
  received: number;
  /** Cost of one, minor units. @minimum 0 @maximum 1e+15 */
  cost_minor: number;
}

export interface ListPurchaseOrdersInput {
  /** Only from this supplier. @default "" */
  supplier_id?: string;
  /** Only in this state. */
  status?: PurchaseStatus;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface SupplierList {
  /** Suppliers by id. */
  suppliers: Supplier[];
}

export interface Supplier {
  /** The shop's identifier of the supplier. */
  supplier_id: string;
  /** Name. */
  name: string;
  /** Country. */
  country: string;
  /** Days from order to receipt, as promised. @minimum 0 @maximum 1000 */
  lead_time_days?: number;
  /** Standard deviation of it, if known. @minimum 0 @maximum 1000 */
  lead_time_deviation_days?: number;
  /** Smallest order, minor units. @minimum 0 @maximum 1e+15 */
  minimum_order_minor?: number;
}

export interface SupplyTermPage {
  /** Terms by SKU and supplier. */
  terms: SupplyTerm[];
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface SupplyTerm {
  /** SKU. */
  sku: string;
  /** Who supplies it. */
  supplier_id: string;
  /** Cost of one unit. @minimum 0 @maximum 1e+15 */
  cost_minor: number;
  /** It comes in packs of so many. @minimum 1 @maximum 1e+06 */
  pack_size: number;
  /** Least units in an order. @minimum 1 @maximum 1e+09 */
  minimum_quantity: number;
  /** Days in which a unit can be sold after it came; left out: it keeps. @minimum 1 @maximum 3650 */
  shelf_life_days?: number;
  /** Most units in an order. @minimum 1 @maximum 1e+09 */
  most_quantity?: number;
  /** Lower prices for larger orders, ascending. */
  price_steps: SupplyPriceStep[];
}

export interface SupplyPriceStep {
  /** From so many units on. @minimum 2 @maximum 1e+09 */
  from_quantity: number;
  /** One unit costs this, all units of the order. @minimum 0 @maximum 1e+15 */
  cost_minor: number;
}

export interface ListSupplyTermsInput {
  /** Only this SKU. @default "" */
  sku?: string;
  /** Only from this supplier. @default "" */
  supplier_id?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 100 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface PlacePurchaseInput {
  /** Number; empty: a new one. A number that exists is refused. @default "" */
  purchase_order_id?: string;
  /** From whom. */
  supplier_id: string;
  /** Where to. @default "main" */
  place_id?: string;
  /** Expected, days since 1970. */
  expected_day?: number;
  /** Goods. */
  lines: OrderedLineInput[];
}

export interface OrderedLineInput {
  /** SKU. */
  sku: string;
  /** Units. @minimum 1 @maximum 1e+09 */
  quantity: number;
  /** Cost of one. @minimum 0 @maximum 1e+15 */
  cost_minor: number;
}

export interface PlacementAnswer {
  /** ISO 4217 code. */
  currency: string;
  /** Routes between places that the settings name; none: every place stands alone. */
  routes: number;
  /** Goods whose places are tied by routes. */
  networks: number;
  /** Cost of safety stock if every place cares for itself. */
  alone_minor: number;
  /** Cost of safety stock placed together. */
  safety_minor: number;
  /** Largest proven distance from the best, share. */
  largest_gap: number;
  /** Routes that are used for transfers only: they lead back to where the goods come from. */
  returning: ReturningRoute[];
  /** By place. */
  places: PlaceSafety[];
}

export interface PlaceSafety {
  /** Place. */
  place_id: string;
  /** Goods there. */
  goods: number;
  /** Safety stock if every place cares for itself. */
  alone_units: number;
  /** Its cost. */
  alone_minor: number;
  /** Safety stock placed together. */
  safety_units: number;
  /** Its cost. */
  safety_minor: number;
  /** Days within which it serves the next place, mean of its goods. */
  service_days: number;
}

export interface PlacesOfStock {
  /** Places, fullest first. */
  places: PlaceStock[];
}

export interface PlaceStock {
  /** Place. */
  place_id: string;
  /** warehouse, store, plant or front_warehouse; empty: not registered. */
  kind: string;
  /** Name in English. */
  name_en: string;
  /** Name in Chinese. */
  name_zh: string;
  /** SKUs whose stock is kept there. */
  goods: number;
  /** Units there. */
  on_hand: number;
  /** Units on order to it and not here yet. */
  on_order: number;
  /** It holds so many, as set in supply.save_settings; left out: no limit. */
  most_units?: number;
  /** Units that still go in; below 0: it is too full already. Left out: no limit. */
  room_units?: number;
}

export interface StockOutline {
  /** Plan. */
  plan_id: string;
  /** ISO 4217 code. */
  currency: string;
  /** When it was made. */
  made_at_ms: number;
  /** Day that it is for. */
  today: number;
  /** First day that is not in the sales it rests on. */
  facts_until: number;
  /** Goods at places. */
  items: number;
  /** Sold out though asked for. */
  out: number;
  /** Will run out before an order could come. */
  runs_out: number;
  /** Time to order. */
  low: number;
  /** Well. */
  enough: number;
  /** Too much. */
  excess: number;
  /** Nothing asked for. */
  idle: number;
  /** Stock not counted. */
  unknown: number;
  /** Cost of all stock. */
  stock_minor: number;
  /** Cost of what is on order. */
  on_order_minor: number;
  /** Expected margin lost to empty shelves if nothing is ordered now: the sum of the alerts of what is out or runs out. */
  at_stake_minor: number;
  /** Cost of stock that is too much, slow or expires: the sum of these alerts. */
  excess_minor: number;
  /** Days that the stock lasts as a whole. */
  cover_days: number;
  /** Purchase orders proposed. */
  proposals: number;
  /** What they cost. */
  proposed_minor: number;
  /** What they are expected to save. */
  saves_minor: number;
  /** Of these, left to decide. */
  left: number;
  /** What these cost, changes included. */
  left_minor: number;
  /** What these are expected to save. */
  left_saves_minor: number;
  /** Of these, approved. */
  approved: number;
  /** What these cost. */
  approved_minor: number;
  /** Fill rate that the policies keep, by units. */
  fill_rate: number;
  /** Promised, by units; of goods of which a cycle service is promised, what their levels serve by it. */
  target: number;
  /** Goods at places whose demand is that of forecast.run. */
  forecast_items: number;
  /** Goods at places that sell on fewer than one day in four and are planned by the rule for these. */
  seldom_items: number;
  /** First day of that forecast; absent: there was none to use. */
  forecast_day?: number;
  /** What goods that seldom sell are planned by. */
  level_rule: LevelRule;
  /** Suppliers with how long they take. */
  suppliers: SupplierLead[];
  /** Orders below their supplier's least order value that wait for the next order day, as that costs less than filling them up, or as they cannot be filled up. */
  waiting: WaitingOrder[];
}

export interface SupplierLead {
  /** Supplier. */
  supplier_id: string;
  /** Name. */
  name: string;
  /** Orders that were received and count. */
  observed: number;
  /** Orders that should be here already. */
  late: number;
  /** Lead time, mean. */
  mean_days: number;
  /** Its standard deviation. */
  deviation_days: number;
  /** Nine of ten orders come within so many days. */
  p90_days: number;
  /** Share of ordered units that came. */
  delivered_share: number;
  /** Days on which it is ordered from; empty: any. */
  order_weekdays: number[];
  /** Days between orders. */
  review_days: number;
  /** Next order day. */
  next_order_day: number;
  /** Whether the lead time is promised or assumed rather than observed. */
  assumed: boolean;
}

export interface WaitingOrder {
  /** Supplier. */
  supplier_id: string;
  /** Its name. */
  supplier_name: string;
  /** Where to. */
  place_id: string;
  /** Goods that it would have. */
  goods: number;
  /** What it would cost. */
  worth_minor: number;
  /** Least order value of the supplier. */
  minimum_minor: number;
  /** Next day on which it can be ordered. */
  until_day: number;
  /** Margin expected to be missed until an order of that day comes. */
  waiting_minor: number;
  /** What filling it up to the least value would cost to keep, on another day than the order day with the order's own cost; absent: it cannot be filled up without more than sells in overstock_days. */
  filling_minor?: number;
  /** Day on which it will be ordered as things go, its goods sold as expected until then; absent: not within 13 weeks. */
  expected_day?: number;
  /** What that order would cost. */
  expected_minor?: number;
}

export interface PlanStockInput {
  /** Propose to every supplier, not only to those whose order day is today and for goods that cannot wait. @default false */
  all_suppliers?: boolean;
}

export interface PolicyComparison {
  /** ISO 4217 code. */
  currency: string;
  /** The good. */
  sku: string;
  /** The place. */
  place_id: string;
  /** Who supplies it; empty: unknown. */
  supplier_id: string;
  /** reorder_point, where the supplier has order days; otherwise empty. */
  not_offered: string;
  /** What is promised. */
  service: ServiceKind;
  /** The share of it that they keep. */
  target: number;
  /** Units asked for a day. */
  daily_mean: number;
  /** Lead time, mean. */
  lead_mean_days: number;
  /** Margin of a unit. */
  margin_minor: number;
  /** Keeping a unit for a year. */
  holding_year_minor: number;
  /** An order's line with its share of the order. */
  order_cost_minor: number;
  /** The same with the whole order. */
  alone_cost_minor: number;
  /** Those that keep the promise, cheapest first; then those of least cost. */
  policies: PolicyLine[];
  /** The season that was asked for. */
  season?: SeasonAnswer;
}

export interface PolicyLine {
  /** order_up_to, min_max, fixed_quantity or reorder_point. */
  policy: OrderPolicy;
  /** promise: the least that keeps it; cost: the least of keeping, ordering and owing. */
  by: PolicyBasis;
  /** At or below this many on hand and on order, order. */
  reorder_level: number;
  /** Up to this many; of a fixed quantity the level right after an order. */
  order_up_to: number;
  /** So many at a time; 0: what is missing. */
  order_quantity: number;
  /** Days between two looks. */
  every_days: number;
  /** Share of the units asked for that it serves from the shelf. */
  fill_rate: number;
  /** Share of order cycles in which nothing is missing. */
  cycle_service: number;
  /** Units on the shelf, on average. */
  on_hand: number;
  /** Orders a year. */
  orders_year: number;
  /** Keeping, a year. */
  holding_minor: number;
  /** Ordering, a year: the line, with the share of the order that it bears (reorder_point: all of it). */
  ordering_minor: number;
  /** Margin of what is not served from the shelf, a year. */
  missed_minor: number;
  /** The three together. */
  cost_minor: number;
  /** What found it: least_level (bisection), every_gap (exact renewal weights), every_quantity, federgruen_zheng_least_r (their Q of 1992, then the least r), zheng_federgruen (1991), federgruen_zheng (1992). */
  solver: string;
  /** Whether the plan follows it today. */
  followed: boolean;
  /** Whether nothing here that keeps the promise costs less, missed margin included. */
  cheapest: boolean;
}

export type PolicyBasis = "promise" | "cost";

export interface SeasonAnswer {
  /** Its last day. */
  last_day: number;
  /** What a unit that is left costs. */
  left_minor: number;
  /** Keeping, ordering, missing and what is left, from today's stock on. */
  expected_minor: number;
  /** Order days from which something still comes in time; none: too late. */
  days: SeasonDay[];
}

export interface SeasonDay {
  /** Order day. */
  order_day: number;
  /** Units expected until the next, in the season. */
  demand: number;
  /** At or below this many, order. */
  reorder_level: number;
  /** Up to this many; 0: no more. */
  order_up_to: number;
}

export interface AskPoliciesInput {
  /** Which good. */
  sku: string;
  /** Place; empty: where most of it is asked for. @default "" */
  place_id?: string;
  /** Promise to compare them for; left out: that of the good. @minimum 0.5 @maximum 0.999 */
  fill_rate?: number;
  /** What is promised, fill_rate or cycle_service; left out: as of the good. */
  service?: ServiceKind;
  /** Also a season until this day, days since 1970. @minimum 0 @maximum 1e+06 */
  season_last_day?: number;
}

export interface PositionPage {
  /** Whether a plan was made; supply.plan makes one. */
  planned: boolean;
  /** The plan as a whole; on the first page. */
  outline?: StockOutline;
  /** Goods at places. */
  items: StockItem[];
  /** How many there are in all. */
  total: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface AskPositionInput {
  /** all; at_risk: out or running out, most money first; excess: too much, most money first; to_order; uncounted: stock is not counted. @default "all" */
  show?: PositionView;
  /** Only from this supplier. @default "" */
  supplier_id?: string;
  /** Only at this place. @default "" */
  place_id?: string;
  /** Part of a SKU, product id or title. @default "" */
  query?: string;
  /** Rows per page. @minimum 1 @maximum 500 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export type PositionView = "all" | "at_risk" | "excess" | "to_order" | "uncounted";

export interface ProposalPage {
  /** Newest plan first, then by what they save. */
  proposals: PurchaseProposal[];
  /** How many there are in all. */
  total: number;
  /** What all of these cost. */
  total_minor: number;
  /** Token of the next page; empty at the end. */
  next_page_token: string;
}

export interface AskProposalsInput {
  /** Only those nobody decided yet. @default true */
  open_only?: boolean;
  /** Only to this supplier. @default "" */
  supplier_id?: string;
  /** Only this one. @default "" */
  decision_id?: string;
  /** Proposals per page. @minimum 1 @maximum 200 @default 50 */
  page_size?: number;
  /** next_page_token of the page before. @default "" */
  page_token?: string;
}

export interface ReceivePurchaseInput {
  /** Purchase order. */
  purchase_order_id: string;
  /** What came; empty: all that is open. @default [] */
  lines?: ReceivedLineInput[];
  /** Whether the rest is still expected; otherwise the order is closed. @default false */
  more_to_come?: boolean;
}

export interface ReceivedLineInput {
  /** SKU. */
  sku: string;
  /** Units that came. @minimum 0 @maximum 1e+09 */
  quantity: number;
}

export interface SavePurchaseOrdersInput {
  /** Purchase orders, each whole. */
  purchase_orders: PurchaseOrderInput[];
}

export interface PurchaseOrderInput {
  /** Identifier; empty: a new one. @default "" */
  purchase_order_id?: string;
  /** From whom. */
  supplier_id: string;
  /** Where to. @default "main" */
  place_id?: string;
  /** State. @default "ordered" */
  status?: PurchaseStatus;
  /** When; 0: now. @default 0 */
  ordered_at_ms?: number;
  /** Expected, days since 1970. */
  expected_day?: number;
  /** Received. */
  received_at_ms?: number;
  /** Sum; 0 on input: of the lines. @default 0 */
  total_minor?: number;
  /** What was ordered. @default [] */
  lines?: PurchaseLineInput[];
}

export interface PurchaseLineInput {
  /** SKU. */
  sku: string;
  /** Units ordered. @minimum 1 @maximum 1e+09 */
  quantity: number;
  /** Units received so far. @minimum 0 @maximum 1e+09 @default 0 */
  received?: number;
  /** Cost of one, minor units. @minimum 0 @maximum 1e+15 @default 0 */
  cost_minor?: number;
}

export interface SupplySettings {
  /** What is promised by class, the first that fits counts; empty: fill rates of A 97 %, B 95 %, C 90 %. */
  targets: ServiceTarget[];
  /** Cost of money in stock a year, share of its value. @minimum 0.001 @maximum 2 */
  capital_cost_per_year: number;
  /** Cost of keeping stock a year, share of its value. @minimum 0 @maximum 2 */
  storage_share_per_year: number;
  /** Price elasticity assumed for clearance of products of which assortment has learned none. @minimum -6 @maximum -0.2 */
  assumed_elasticity: number;
  /** Days between orders to a supplier without order days; 0: as joint replenishment of its goods finds best. @minimum 0 @maximum 60 */
  review_days: number;
  /** Lead time of a supplier of which nothing is known. @minimum 0 @maximum 365 */
  default_lead_days: number;
  /** Stock beyond what sells in so many days is too much. @minimum 14 @maximum 730 */
  overstock_days: number;
  /** Without a sale for so many days, a good is a slow mover. @minimum 14 @maximum 730 */
  slow_days: number;
  /** A clearance may lower a price by at most so much. @minimum 1 @maximum 90 */
  most_markdown_percent: number;
  /** Cost of moving one unit between places without a route. @minimum 0 @maximum 1e+09 */
  transfer_cost_minor: number;
  /** What one order costs beside the goods; left out: 30 units of the currency. @minimum 0 @maximum 1e+12 */
  order_cost_minor?: number;
  /** What one line of an order costs; left out: 2 units of the currency. @minimum 0 @maximum 1e+12 */
  line_cost_minor?: number;
  /** Most money that one plan may propose to spend; left out: no limit. @minimum 0 @maximum 1e+15 */
  budget_minor?: number;
  /** What goods that seldom sell are planned by: moments (their own forecast alone, as goods that sell often), pooled (goods that sold as often, together) or forest (goods that looked alike, together; pooled where a shop is too young or small for it); supply.simulate plays the past by any of them. */
  level_rule: LevelRule;
  /** What differs for a supplier. */
  suppliers: SupplierRule[];
  /** Ways between places, for transfers and for where to keep safety stock. */
  routes: StockRoute[];
  /** What a place can hold. */
  places: PlaceRule[];
}

export interface ServiceTarget {
  /** A, B or C: goods with the first 80 %, the next 15 % and the last 5 % of revenue; empty: all. */
  abc: string;
  /** X, Y or Z: steady, varying or erratic from week to week; empty: all. */
  xyz: string;
  /** The share that is promised, of what `service` says. @minimum 0.5 @maximum 0.999 */
  fill_rate: number;
  /** What is promised: fill_rate, the share of the units asked for that the shelf serves; cycle_service, the share of order cycles in which nothing is missing. */
  service: ServiceKind;
}

export interface SupplierRule {
  /** Supplier. */
  supplier_id: string;
  /** Days on which it takes orders, 1 Monday to 7 Sunday; empty: as observed, else every review_days. */
  order_weekdays: number[];
  /** What one order to it costs beside the goods; left out: as set for all. @minimum 0 @maximum 1e+12 */
  order_cost_minor?: number;
  /** Most units that it delivers in one order. @minimum 1 @maximum 1e+09 */
  most_units?: number;
  /** How its goods are ordered: by_cost, the cheapest that keeps the promise; order_up_to; min_max; fixed_quantity on order days; reorder_point, a fixed quantity on any day, whatever days it was ordered from on before (not with order_weekdays). What is set by hand for a good goes before. */
  policy: OrderPolicy;
  /** What is promised of its goods, fill_rate or cycle_service; left out: as of their class. */
  service?: ServiceKind;
  /** The share that is promised of them; left out: as of their class. @minimum 0.5 @maximum 0.999 */
  target?: number;
}

export interface StockRoute {
  /** Place that sends. */
  from_place_id: string;
  /** Place that receives. */
  to_place_id: string;
  /** Days on the way. @minimum 0 @maximum 60 */
  days: number;
  /** Cost of moving one unit, back as well where no other route leads back. @minimum 0 @maximum 1e+09 */
  cost_minor: number;
}

export interface PlaceRule {
  /** Place. */
  place_id: string;
  /** It holds so many units, those on their way to it included. @minimum 1 @maximum 1e+12 */
  most_units: number;
}

export interface SupplySettingsInput {
  /** What is promised by class, the first that fits counts; empty: fill rates of A 97 %, B 95 %, C 90 %. @default [] */
  targets?: ServiceTargetInput[];
  /** Cost of money in stock a year, share of its value. @minimum 0.001 @maximum 2 @default 0.15 */
  capital_cost_per_year?: number;
  /** Cost of keeping stock a year, share of its value. @minimum 0 @maximum 2 @default 0.1 */
  storage_share_per_year?: number;
  /** Price elasticity assumed for clearance of products of which assortment has learned none. @minimum -6 @maximum -0.2 @default -1.5 */
  assumed_elasticity?: number;
  /** Days between orders to a supplier without order days; 0: as joint replenishment of its goods finds best. @minimum 0 @maximum 60 @default 7 */
  review_days?: number;
  /** Lead time of a supplier of which nothing is known. @minimum 0 @maximum 365 @default 14 */
  default_lead_days?: number;
  /** Stock beyond what sells in so many days is too much. @minimum 14 @maximum 730 @default 120 */
  overstock_days?: number;
  /** Without a sale for so many days, a good is a slow mover. @minimum 14 @maximum 730 @default 90 */
  slow_days?: number;
  /** A clearance may lower a price by at most so much. @minimum 1 @maximum 90 @default 30 */
  most_markdown_percent?: number;
  /** Cost of moving one unit between places without a route. @minimum 0 @maximum 1e+09 @default 0 */
  transfer_cost_minor?: number;
  /** What one order costs beside the goods; left out: 30 units of the currency. @minimum 0 @maximum 1e+12 */
  order_cost_minor?: number;
  /** What one line of an order costs; left out: 2 units of the currency. @minimum 0 @maximum 1e+12 */
  line_cost_minor?: number;
  /** Most money that one plan may propose to spend; left out: no limit. @minimum 0 @maximum 1e+15 */
  budget_minor?: number;
  /** What goods that seldom sell are planned by: moments (their own forecast alone, as goods that sell often), pooled (goods that sold as often, together) or forest (goods that looked alike, together; pooled where a shop is too young or small for it); supply.simulate plays the past by any of them. @default "forest" */
  level_rule?: LevelRule;
  /** What differs for a supplier. @default [] */
  suppliers?: SupplierRuleInput[];
  /** Ways between places, for transfers and for where to keep safety stock. @default [] */
  routes?: StockRouteInput[];
  /** What a place can hold. @default [] */
  places?: PlaceRuleInput[];
}

export interface ServiceTargetInput {
  /** A, B or C: goods with the first 80 %, the next 15 % and the last 5 % of revenue; empty: all. @default "" */
  abc?: string;
  /** X, Y or Z: steady, varying or erratic from week to week; empty: all. @default "" */
  xyz?: string;
  /** The share that is promised, of what `service` says. @minimum 0.5 @maximum 0.999 */
  fill_rate: number;
  /** What is promised: fill_rate, the share of the units asked for that the shelf serves; cycle_service, the share of order cycles in which nothing is missing. @default "fill_rate" */
  service?: ServiceKind;
}

export interface SupplierRuleInput {
  /** Supplier. */
  supplier_id: string;
  /** Days on which it takes orders, 1 Monday to 7 Sunday; empty: as observed, else every review_days. @default [] */
  order_weekdays?: number[];
  /** What one order to it costs beside the goods; left out: as set for all. @minimum 0 @maximum 1e+12 */
  order_cost_minor?: number;
  /** Most units that it delivers in one order. @minimum 1 @maximum 1e+09 */
  most_units?: number;
  /** How its goods are ordered: by_cost, the cheapest that keeps the promise; order_up_to; min_max; fixed_quantity on order days; reorder_point, a fixed quantity on any day, whatever days it was ordered from on before (not with order_weekdays). What is set by hand for a good goes before. @default "by_cost" */
  policy?: OrderPolicy;
  /** What is promised of its goods, fill_rate or cycle_service; left out: as of their class. */
  service?: ServiceKind;
  /** The share that is promised of them; left out: as of their class. @minimum 0.5 @maximum 0.999 */
  target?: number;
}

export interface StockRouteInput {
  /** Place that sends. */
  from_place_id: string;
  /** Place that receives. */
  to_place_id: string;
  /** Days on the way. @minimum 0 @maximum 60 @default 1 */
  days?: number;
  /** Cost of moving one unit, back as well where no other route leads back. @minimum 0 @maximum 1e+09 @default 0 */
  cost_minor?: number;
}

export interface PlaceRuleInput {
  /** Place. */
  place_id: string;
  /** It holds so many units, those on their way to it included. @minimum 1 @maximum 1e+12 */
  most_units: number;
}

export interface SaveSuppliersInput {
  /** Suppliers to save. */
  suppliers: SupplierInput[];
}

export interface SupplierInput {
  /** The shop's identifier of the supplier. */
  supplier_id: string;
  /** Name. */
  name: string;
  /** Country. @default "" */
  country?: string;
  /** Days from order to receipt, as promised. @minimum 0 @maximum 1000 */
  lead_time_days?: number;
  /** Standard deviation of it, if known. @minimum 0 @maximum 1000 */
  lead_time_deviation_days?: number;
  /** Smallest order, minor units. @minimum 0 @maximum 1e+15 */
  minimum_order_minor?: number;
}

export interface SaveSupplyTermsInput {
  /** Terms to save, one for each SKU and supplier. */
  terms: SupplyTermInput[];
}

export interface SupplyTermInput {
  /** SKU. */
  sku: string;
  /** Who supplies it. */
  supplier_id: string;
  /** Cost of one unit. @minimum 0 @maximum 1e+15 */
  cost_minor: number;
  /** It comes in packs of so many. @minimum 1 @maximum 1e+06 @default 1 */
  pack_size?: number;
  /** Least units in an order. @minimum 1 @maximum 1e+09 @default 1 */
  minimum_quantity?: number;
  /** Days in which a unit can be sold after it came; left out: it keeps. @minimum 1 @maximum 3650 */
  shelf_life_days?: number;
  /** Most units in an order. @minimum 1 @maximum 1e+09 */
  most_quantity?: number;
  /** Lower prices for larger orders, ascending. @default [] */
  price_steps?: SupplyPriceStep[];
}

export interface SetLevelInput {
  /** SKU. */
  sku: string;
  /** Place. */
  place_id: string;
  /** How it is ordered: order_up_to, min_max, fixed_quantity (on order days), reorder_point (a fixed quantity on any day, of suppliers without order days), season (until last_day, after which what is left has lost value); by_cost: as the plan finds best. supply.policies compares them. @default "by_cost" */
  policy?: OrderPolicy;
  /** Order so many at a time, in whole packs; left out: what costs least. With fixed_quantity and reorder_point. @minimum 1 @maximum 1e+06 */
  order_quantity?: number;
  /** Order at or below this many on hand and on order; left out: the plan's own distance below order_up_to. @minimum 0 @maximum 1e+06 */
  reorder_level?: number;
  /** Order up to this many, 0: order none; left out: the plan's own distance above reorder_level. @minimum 0 @maximum 1e+06 */
  order_up_to?: number;
  /** Instead of levels: the share that is promised, of what `service` says. @minimum 0.5 @maximum 0.999 */
  fill_rate?: number;
  /** What is promised: fill_rate, the share of the units asked for that the shelf serves; cycle_service, the share of order cycles in which nothing is missing; left out: as of its class or supplier. */
  service?: ServiceKind;
  /** Last day on which it counts, days since 1970. @minimum 0 @maximum 1e+06 */
  last_day: number;
  /** Why: for whoever looks at it later. */
  reason: string;
}

export interface SimulateStockInput {
  /** How many days of the past to play again; fewer when less than 60 days of sales lie before them. @minimum 14 @maximum 364 @default 84 */
  days?: number;
  /** First day after the stretch; left out: the end of the sales. */
  until_day?: number;
  /** What goods that seldom sell could be planned by instead: the plan is played by each of these too. The one in force (level_rule of the settings) is always played; each other one takes about as long again. @default [] */
  also_by?: LevelRule[];
  /** Ways to order all goods by that are played beside the plan: order_up_to, min_max, fixed_quantity or reorder_point. Each takes about as long again. @default [] */
  policies?: OrderPolicy[];
  /** What people set: as_counted, on the days on which it counted; throughout, what counts now on all days of the stretch. Where there is any, the plan is played without it, too. @default "as_counted" */
  by_hand?: HandDays;
}

export type HandDays = "as_counted" | "throughout";

export interface WarehouseLevels {
  /** ISO 4217 code. */
  currency: string;
  /** The good. */
  sku: string;
  /** The place that routes bring it from. */
  warehouse_id: string;
  /** Days of its supplier, one review included. */
  lead_time_days: number;
  /** Units in the warehouse and on the way to it, less owed to the places, to order up to. */
  warehouse_level: number;
  /** Cost of what is on shelves on average, warehouse included. */
  stock_minor: number;
  /** The same if every place ordered from the supplier by itself. */
  alone_minor: number;
  /** Units in the warehouse on average. */
  warehouse_on_hand: number;
  /** Whether the figures are exact for this demand; else matched by two moments. */
  exact: boolean;
  /** Places that sell it. */
  places: PlaceLevel[];
  /** Routes that would lead back to where supply comes from, and were left out. */
  returning: ReturningRoute[];
}

export interface PlaceLevel {
  /** Place. */
  place_id: string;
  /** Units expected to sell a day. */
  daily_mean: number;
  /** Fill rate that is promised for the good, 0 to 1. */
  target: number;
  /** Units on the shelf and on the way, less owed, to order up to. */
  level: number;
  /** The same if the place ordered from the supplier by itself. */
  alone_level: number;
  /** Units on the shelf on average. */
  on_hand: number;
  /** Units that shoppers wait for on average. */
  owed: number;
  /** Share served from the shelf, 0 to 1. */
  fill_rate: number;
}

export interface AskWarehouseInput {
  /** Which good. */
  sku: string;
}

export interface Usage {
  /** By day, then by calls; written once a minute. */
  lines: UsageLine[];
}

export interface UsageLine {
  /** Operation. */
  operation: string;
  /** Days since 1970 (UTC). */
  day: number;
  /** Calls. */
  calls: number;
  /** Of these, refused or failed. */
  failures: number;
  /** Time spent inside, in all. */
  microseconds: number;
}

export interface AskUsageInput {
  /** How many days back. @minimum 1 @maximum 730 @default 30 */
  days?: number;
}

export interface User {
  /** User. */
  user_id: string;
  /** E-mail they sign in with. */
  email: string;
  /** Name. */
  name: string;
  /** owner, operator or analyst. */
  role: string;
  /** Cannot sign in. */
  disabled: boolean;
  /** Since. */
  created_at_ms: number;
}

export interface AddUserInput {
  /** E-mail they sign in with. */
  email: string;
  /** Name. @default "" */
  name?: string;
  /** owner, operator or analyst. @default "operator" */
  role?: string;
  /** First password, at least 10 characters; to be changed by them. */
  password: string;
}

export interface UserList {
  /** Who may sign in. */
  users: User[];
}

export interface UpdateUserInput {
  /** Who. */
  user_id: string;
  /** New role. */
  role?: string;
  /** New name. */
  name?: string;
  /** New password. */
  password?: string;
  /** Whether sign-in is barred. */
  disabled?: boolean;
}

/** Every operation: POST /v1/<module>/<verb> with the request as JSON. */
export interface Operations {
  /** Bring an order that was placed without signing in into one's own account, by its number and proof. */
  "accounts.attach_order": { request: AttachOrderInput; response: Order };
  /** Change one's own password; every session ends and a new one begins. */
  "accounts.change_password": { request: ChangePasswordInput; response: AccountSession };
  /** Close one's own account and be forgotten; orders stay as numbers, as the law on book-keeping asks. */
  "accounts.close": { request: CloseAccountInput; response: Forgotten };
  /** Make a one-time code with which a customer sets a new password, after making sure who they are; shown once. */
  "accounts.create_reset_code": { request: WhichAccountInput; response: ResetCode };
  /** Everything the shop keeps about oneself. */
  "accounts.export_data": { request: Nothing; response: PersonExport };
  /** An account with its details, addresses and consents; a shopper sees only their own. */
  "accounts.get": { request: GetAccountInput; response: Account };
  /** Remove an address of one's own. */
  "accounts.remove_address": { request: RemoveAddressInput; response: Account };
  /** Set a new password with a one-time code from the shop; every session ends. */
  "accounts.reset_password": { request: ResetPasswordInput; response: Nothing };
  /** Keep an address of one's own, or change one. */
  "accounts.save_address": { request: AddressInput; response: Account };
  /** Sign a shopper in; the session opens their own orders, basket and details and nothing else. */
  "accounts.sign_in": { request: AccountSignInInput; response: AccountSession };
  /** End a shopper's session, or all of their sessions. */
  "accounts.sign_out": { request: AccountSignOutInput; response: Nothing };
  /** Open a shopper's account; the answer is the same when the login is taken, so sign in next to see. */
  "accounts.sign_up": { request: SignUpInput; response: Nothing };
  /** Change one's own name, contact or language. */
  "accounts.update": { request: UpdateAccountInput; response: Account };
  /** What agents were told of their orders, and what is still to be told. */
  "agents.deliveries": { request: Nothing; response: DeliveryList };
  /** The registered shopping agents. */
  "agents.list": { request: Nothing; response: AgentList };
  /** Take an agent out of the register; it is a stranger from then on. */
  "agents.remove": { request: AgentNameInput; response: Nothing };
  /** Register a shopping agent: how it is known, what it may, where its orders are told. */
  "agents.save": { request: SaveAgentInput; response: AgentName };
  /** What shopping agents did: calls, refusals, checkouts, orders and revenue by agent, and how well each behaves. */
  "agents.traffic": { request: ListTrafficInput; response: TrafficList };
  /** The plan that was made last: each good with its score, value and reason; limits with their dual prices. */
  "assortment.plan": { request: AskPlanInput; response: PlanPage };
  /** Learn how shoppers choose, plan what to list, keep, drop, push and price within shelf, capital and push places, and propose the most valuable changes as decisions. */
  "assortment.propose": { request: ProposeInput; response: Outline };
  /** Play a changed list on simulated shoppers, learned from the shop's own history, beside today's: profit, sales, returns, lost sales and who takes over, each with its interval; changes nothing. */
  "assortment.simulate": { request: SimulateInput; response: Simulated };
  /** What the best plan would be under other limits, by the model that was learned last; changes nothing. */
  "assortment.whatif": { request: WhatIfInput; response: Imagined };
  /** What staff and keys did, newest first. */
  "audit.list": { request: ListAuditInput; response: AuditPage };
  /** Put units of a SKU into a basket; makes the basket if there is none. */
  "basket.add": { request: BasketChangeInput; response: Basket };
  /** Give up a basket; it cannot be ordered any more. */
  "basket.cancel": { request: GetBasketInput; response: Basket };
  /** What is in a basket, at today's prices. */
  "basket.get": { request: GetBasketInput; response: Basket };
  /** Put what a guest's basket holds into one's own after signing in. */
  "basket.merge": { request: GetBasketInput; response: Basket };
  /** The basket of whoever is signed in, the same on all their devices; empty when there is none. */
  "basket.mine": { request: Nothing; response: Basket };
  /** Set all that a basket holds at once; what cannot be had is left out or lessened, and said. */
  "basket.replace": { request: ReplaceBasketInput; response: Basket };
  /** Set how many units of a SKU are in a basket; 0 takes it out. */
  "basket.set": { request: BasketChangeInput; response: Basket };
  /** Enter codes of promotions for a basket, instead of those entered before; the answer says what became of each. */
  "basket.set_codes": { request: SetCodesInput; response: Basket };
  /** Campaigns with budget and spend. */
  "campaigns.list": { request: Nothing; response: CampaignList };
  /** Record campaigns and what was spent on them by channel and day. */
  "campaigns.save": { request: SaveCampaignsInput; response: Saved };
  /** Take a product off sale; its orders and history stay. */
  "catalog.archive_product": { request: GetProductInput; response: Nothing };
  /** Several products at once, by product id, SKU or barcode. */
  "catalog.find_products": { request: FindProductsInput; response: FoundProducts };
  /** Everything about one product: texts, attributes, variants, prices, stock, rating. */
  "catalog.get_product": { request: GetProductInput; response: ProductAnswer };
  /** The labels of product attributes in both languages. */
  "catalog.list_attributes": { request: Nothing; response: AttributeKindList };
  /** The tree of categories with how many products are on sale in each. */
  "catalog.list_categories": { request: Nothing; response: CategoryList };
  /** List products for staff, by id, with price and stock. */
  "catalog.list_products": { request: ListProductsInput; response: ProductPage };
  /** Name the attributes that products carry, in both languages. */
  "catalog.save_attributes": { request: SaveAttributeKindsInput; response: Saved };
  /** Create or rename categories and place them in the tree. */
  "catalog.save_categories": { request: SaveCategoriesInput; response: Saved };
  /** Create or replace products with their variants, attributes and pictures; all of them or none. */
  "catalog.save_products": { request: SaveProductsInput; response: Saved };
  /** Set the pictures of a product: which, in which order, and what they show in both languages. */
  "catalog.set_pictures": { request: SetPicturesInput; response: PicturesSet };
  /** Change the price of one SKU and keep the old one in its history. */
  "catalog.set_price": { request: SetPriceInput; response: PriceSet };
  /** Change the prices of several SKUs together and keep the old ones in their history. */
  "catalog.set_prices": { request: SetPricesInput; response: PricesSet };
  /** Put a product on sale, back to draft, or off sale. */
  "catalog.set_status": { request: SetStatusInput; response: StatusSet };
  /** The thirty scenarios of the chain and what is ready in each. */
  "chain.status": { request: Nothing; response: Chain };
  /** Give up a prepared purchase. */
  "checkout.cancel": { request: CheckoutIdInput; response: Checkout };
  /** Place the order of a prepared purchase that somebody approved; a second time tells of the first. */
  "checkout.complete": { request: CompleteCheckoutInput; response: Checkout };
  /** Prepare a purchase: prices are promised until it expires, and what is missing is said. */
  "checkout.create": { request: CreateCheckoutInput; response: Checkout };
  /** A prepared purchase as it stands now, by its id or its order. */
  "checkout.get": { request: FindCheckoutInput; response: Checkout };
  /** What agents are preparing and what became of it, newest first. */
  "checkout.list": { request: ListCheckoutsInput; response: CheckoutPage };
  /** What became of a purchase that waits for its shopper's approval: still waiting, ordered, given up or expired. */
  "checkout.outcome": { request: CheckoutIdInput; response: CheckoutOutcome };
  /** Change what a prepared purchase holds, where it goes and how. */
  "checkout.update": { request: UpdateCheckoutInput; response: Checkout };
  /** One conversation with all that was said and shown. */
  "conversations.get": { request: GetConversationInput; response: Conversation };
  /** Conversations, latest first. */
  "conversations.list": { request: ListConversationsInput; response: ConversationPage };
  /** Keep conversations that took place elsewhere. */
  "conversations.record": { request: RecordConversationsInput; response: Saved };
  /** Answer a shopper in their conversation; the guide is quiet until it is given back. */
  "conversations.reply": { request: ReplyInput; response: Nothing };
  /** Take a conversation over, give it back to the guide, or close it. */
  "conversations.set_status": { request: ConversationsSetStatusInput; response: Nothing };
  /** Everything the shop keeps about one person, to hand over to them. */
  "customers.export_person": { request: GetCustomerInput; response: PersonExport };
  /** Remove every personal trace of one person; their orders stay as numbers. */
  "customers.forget_person": { request: GetCustomerInput; response: Forgotten };
  /** One customer with contact, consents and what they bought. */
  "customers.get_customer": { request: GetCustomerInput; response: CustomerRecord };
  /** Customers with how much and when they bought. */
  "customers.list_customers": { request: ListCustomersInput; response: CustomerPage };
  /** Groups of customers and how many belong to each. */
  "customers.list_groups": { request: Nothing; response: CustomerGroups };
  /** Create or change customers; personal fields are sealed at rest. */
  "customers.save_customers": { request: SaveCustomersInput; response: Saved };
  /** Name a group of customers, for promotions that are for them alone. */
  "customers.save_group": { request: CustomerGroupInput; response: Saved };
  /** Record that a person agreed to something or withdrew it. */
  "customers.set_consent": { request: SetConsentInput; response: Nothing };
  /** Approve a proposed decision and carry it out. */
  "decisions.approve": { request: DecideInput; response: Decision };
  /** One decision with its evidence and outcome. */
  "decisions.get": { request: DecideInput; response: Decision };
  /** Decisions by expected value. */
  "decisions.list": { request: ListDecisionsInput; response: DecisionPage };
  /** Which decisions are approved without asking. */
  "decisions.list_policies": { request: Nothing; response: PolicyList };
  /** Write down what a decision was worth, and book it in the ledger. */
  "decisions.measure": { request: MeasureInput; response: Decision };
  /** Propose a change with its evidence and expected value; a policy may approve it at once. */
  "decisions.propose": { request: DecisionInput; response: Decision };
  /** Reject a proposed decision. */
  "decisions.reject": { request: DecideInput; response: Decision };
  /** Let decisions of a kind be approved without asking, within a limit. */
  "decisions.set_policy": { request: PolicyInput; response: PolicyList };
  /** Take back what a decision did, where the world allows it. */
  "decisions.undo": { request: DecideInput; response: Decision };
  /** The shopper opened it or waved it away; then the guide keeps still for some days. */
  "dialogue.answer_nudge": { request: AnswerNudgeInput; response: Nothing };
  /** Say one thing to the shopping guide and get its answer: picks, a comparison, a question, the basket, an order. */
  "dialogue.ask": { request: AskInput; response: Answer };
  /** Whether the guide of now still understands every kept case. */
  "dialogue.check_cases": { request: Nothing; response: CaseReport };
  /** Accept, reject or reopen a proposed pair; accepted pairs count for search and guide at once, both ways. */
  "dialogue.decide_synonym": { request: DecideSynonymInput; response: SynonymProposals };
  /** The scores of the guide's talks as CSV, without anybody's words. */
  "dialogue.export_quality": { request: ExportQualityInput; response: QualityExport };
  /** Look in 180 days of searches and clicks for words that mean the same; proposes, and changes no search. */
  "dialogue.find_synonyms": { request: Nothing; response: SynonymProposals };
  /** Delete one thing that the guide remembers about oneself, or all of it with the consent. */
  "dialogue.forget_memory": { request: ForgetInput; response: Nothing };
  /** Say how well products fit a search: what the order is learned from and held to. */
  "dialogue.judge_results": { request: JudgeResultsInput; response: JudgementList };
  /** What people judged. */
  "dialogue.judgements": { request: JudgementsInput; response: JudgementList };
  /** Keep a talk as a case that every newer model must understand as well. */
  "dialogue.keep_case": { request: KeepCaseInput; response: CaseLine };
  /** Learn from searches and orders which questions are worth asking; put in use only when no kept case is lost. */
  "dialogue.learn": { request: Nothing; response: Learned };
  /** What the guide remembers about whoever is signed in. */
  "dialogue.memory": { request: Nothing; response: Memory };
  /** How plugged models did on the regression set, talk by talk beside the built-in guide, and why one was refused. */
  "dialogue.model_trials": { request: Nothing; response: ModelTrials };
  /** What people of the shop have said in a conversation, and what is waited for in it. */
  "dialogue.news": { request: NewsOfInput; response: News };
  /** What the guide would say unasked on this page, if anything: what was waited for has come, an order is late, a threshold is near. Seldom: one policy counts for all. */
  "dialogue.nudge": { request: AskNudgeInput; response: Nudge };
  /** What a SKU has cost; a lowest is stated only for a span that the records cover whole. */
  "dialogue.price_history": { request: HistoryOfInput; response: PriceHistory };
  /** The guide's talks with their scores, and how they did day by day. */
  "dialogue.quality": { request: QualityOfInput; response: QualityReport };
  /** How search results are ordered, what was learned for it and how the orders compare on searches not learned from. */
  "dialogue.ranking": { request: Nothing; response: RankingState };
  /** Remove a kept case. */
  "dialogue.remove_case": { request: WhichCaseInput; response: Nothing };
  /** A talk turn by turn, with how each answer came about. */
  "dialogue.replay": { request: WhichTalkInput; response: Replay };
  /** Search the catalogue with exact totals and facets; limits in the words are understood. */
  "dialogue.search": { request: SearchInput; response: SearchAnswer };
  /** What shoppers searched for, what they found and clicked, and which searches ended with nothing. */
  "dialogue.search_report": { request: AskSearchReportInput; response: SearchReport };
  /** Stop waiting for a price or for stock. */
  "dialogue.stop_watch": { request: StopWatchInput; response: Nothing };
  /** Completions, categories and products for what was typed so far. */
  "dialogue.suggest": { request: SuggestInput; response: Suggestions };
  /** Let the plugged language model speak for the guide, once it has beaten the built-in guide on the regression set; or switch it off. */
  "dialogue.switch_model": { request: SwitchModel; response: ModelTrial };
  /** Choose the order of search results; one that is below the words is refused. */
  "dialogue.switch_ranking": { request: SwitchRanking; response: RankingState };
  /** Words that were found to mean the same, with what it stands on, and what was decided. */
  "dialogue.synonyms": { request: Nothing; response: SynonymProposals };
  /** Learn the meaning of words and the order of results from texts, clicks, orders and judgements, with the plugged encoder where there is one; use the best order that is not below the words. */
  "dialogue.train_ranking": { request: Nothing; response: RankingState };
  /** Prices and stock that a shopper waits for. */
  "dialogue.watches": { request: WatchesOfInput; response: WatchList };
  /** Record what visitors look at, search, click and put into baskets. */
  "events.record": { request: RecordEventsInput; response: Saved };
  /** Set the shares of a running bandit by what is known now; done every hour by itself. */
  "experiments.adapt": { request: ExperimentIdInput; response: BanditShares };
  /** The arm of a visitor, for pages and programs that act on it themselves. */
  "experiments.assign": { request: AssignVisitorInput; response: AssignedArm };
  /** Whether a visitor does without the guide or recommendations, so that what they are worth can be read. */
  "experiments.held_out": { request: AskHeldOutInput; response: HeldOutAnswer };
  /** Experiments, newest first. */
  "experiments.list": { request: Nothing; response: ExperimentList };
  /** What came of an experiment so far, with intervals that may be looked at as often as one likes, and whether visitors fall into its arms as they should. */
  "experiments.read": { request: ExperimentIdInput; response: ExperimentReading };
  /** Start an A/B test or a bandit: visitors fall into arms by a salted hash, and stay there. */
  "experiments.start": { request: StartExperimentInput; response: ExperimentLine };
  /** Stop an experiment, and book what is certain against its control group. */
  "experiments.stop": { request: StopExperimentInput; response: StoppedExperiment };
  /** Before switching: what other shares of the arms would have been worth, estimated from what was logged. */
  "experiments.switch_value": { request: AskSwitchInput; response: SwitchValue };
  /** Write products, customers or orders to a CSV, JSON Lines or Parquet file that can be fetched. */
  "exports.write": { request: WriteExportInput; response: WrittenExport };
  /** Write a fact table to a CSV or Parquet file in the exports folder. */
  "facts.export": { request: ExportFactsInput; response: ExportedFacts };
  /** Ask the facts: filter, group by up to three columns or calendar steps, measure, order. */
  "facts.query": { request: FactsQueryInput; response: FactsAnswer };
  /** Read the facts anew from the shop's state. */
  "facts.rebuild": { request: RebuildFactsInput; response: RebuiltFacts };
  /** Ask the facts in SQL, read only. */
  "facts.sql": { request: FactsSqlInput; response: FactsAnswer };
  /** The fact tables for analysis: their columns, size, and how far they are. */
  "facts.status": { request: Nothing; response: FactsStatus };
  /** Where product feeds are pushed to, and how it went. */
  "feeds.list_targets": { request: Nothing; response: Targets };
  /** The products as agents take them in (ACP product feed), page by page. */
  "feeds.products": { request: AskProductsInput; response: ProductsPage };
  /** Push what is new, changed or no longer sold to a target. */
  "feeds.push": { request: PushInput; response: Pushed };
  /** Forget a target; what it holds stays there. */
  "feeds.remove_target": { request: TargetNameInput; response: Nothing };
  /** Keep where a product feed is pushed to. */
  "feeds.save_target": { request: SaveTargetInput; response: TargetName };
  /** How good the forecasts were: each model by level and horizon, beside the week before repeated; whether edits helped. */
  "forecast.accuracy": { request: AskAccuracyInput; response: AccuracyReport };
  /** Trust another model; choosing the one before undoes it. */
  "forecast.choose_model": { request: ChooseModelInput; response: ChosenModel };
  /** One variant, product, category or the shop: history, forecast with quantiles, what it is made of, edits. */
  "forecast.demand": { request: AskDemandInput; response: Demand };
  /** Change a span of the forecast, with a reason; kept over later forecasts, scored when the days are over. */
  "forecast.edit": { request: MakeEditInput; response: ForecastEdit };
  /** Write the newest forecast as CSV, JSON Lines or Parquet, by day, week or month, for staff to fetch. */
  "forecast.export": { request: ExportForecastInput; response: WrittenExport };
  /** The same as a file (CSV, JSON Lines or Parquet), to be fetched with the key that had it written. */
  "forecast.export_supplied": { request: ExportSuppliedInput; response: WrittenExport };
  /** Delete the weather of a place. */
  "forecast.forget_weather": { request: ForgetWeatherInput; response: ForgottenWeather };
  /** Hand an unmet need on to those who select and design, as a decision with its evidence. */
  "forecast.hand_on_need": { request: HandOnInput; response: HandedOn };
  /** Take in daily weather from a file: observed days and days of a forecast, in °C and mm. The next forecast follows it where it tells more of past sales than chance would. */
  "forecast.import_weather": { request: ImportWeatherInput; response: TakenWeather };
  /** Categories, products or variants with what is expected of the next 28 days, what changed since the forecast before and what it missed. */
  "forecast.list": { request: ListForecastInput; response: ForecastPage };
  /** All edits, with what came of them. */
  "forecast.list_edits": { request: Nothing; response: EditList };
  /** What a customer will need next and when, by their own purchases and how long others waited; only for people who agreed to personalisation. */
  "forecast.next_need": { request: AskNextInput; response: NextNeeds };
  /** The same from a program, row by row. */
  "forecast.record_weather": { request: RecordWeatherInput; response: TakenWeather };
  /** Forecast what will be asked for of every variant, product, category and of the shop, by day, with quantiles that add up; score what was forecast before. */
  "forecast.run": { request: RunForecastInput; response: ForecastRun };
  /** The forecasts that are kept, the model that is trusted and when the next is made. */
  "forecast.status": { request: Nothing; response: ForecastStatus };
  /** What a supplier's goods will be asked for; for keys narrowed to forecast.supplied and forecast.supplier.ID. */
  "forecast.supplied": { request: AskSuppliedInput; response: Supplied };
  /** How many of some chosen categories, products and variants will be asked for in some days, all together: mean, band, how many suffice and how likely a number does. */
  "forecast.total": { request: AskTotalInput; response: ForecastTotal };
  /** Take an edit back. */
  "forecast.undo_edit": { request: UndoEditInput; response: ForecastEdit };
  /** What visitors searched or asked the guide for and did not find, gathered into needs with size and trend. */
  "forecast.unmet_needs": { request: AskUnmetInput; response: UnmetNeeds };
  /** Which days of weather are known, by place; whether forecasts follow it is told by forecast.status. */
  "forecast.weather": { request: Nothing; response: WeatherKnown };
  /** What another price or a promotion would do to a category, product or variant, by the elasticities that assortment.propose learned; changes nothing. */
  "forecast.whatif": { request: WhatIfPriceInput; response: WhatIfAnswer };
  /** What warmer or colder days would do to a category, product, variant or the shop, as far as forecasts follow the weather; changes nothing. */
  "forecast.whatif_weather": { request: WhatIfWeatherInput; response: WeatherThen };
  /** One import with its refused or skipped rows. */
  "imports.get": { request: GetImportInput; response: ImportDetail };
  /** Look at an uploaded file: its columns, what they probably mean, and what is missing. */
  "imports.inspect": { request: InspectImportInput; response: Inspection };
  /** Imports, newest first. */
  "imports.list": { request: ListImportsInput; response: ImportPage };
  /** Bring products, orders, customers or reviews in from a file, with a report of every row that was refused. */
  "imports.run": { request: RunImportInput; response: ImportReport };
  /** Take an import back within 30 days: what it made is removed, what it changed is restored; refused when something depends on it since. */
  "imports.undo": { request: UndoImportInput; response: UndoneImport };
  /** Stop a job; what it had not finished is not kept. */
  "jobs.cancel": { request: GetJobInput; response: Job };
  /** One job with its log, result or error. */
  "jobs.get": { request: GetJobInput; response: JobAnswer };
  /** Long work, newest first, with how far each is. */
  "jobs.list": { request: ListJobsInput; response: JobPage };
  /** Make an API key; its secret is shown once. */
  "keys.create": { request: CreateKeyInput; response: CreatedKey };
  /** API keys of this shop. */
  "keys.list": { request: Nothing; response: KeyList };
  /** End an API key at once. */
  "keys.revoke": { request: RevokeKeyInput; response: Nothing };
  /** Book measured value with the method by which it was measured. */
  "ledger.book": { request: LedgerEntryInput; response: LedgerEntry };
  /** Booked value, newest first. */
  "ledger.list": { request: ListLedgerInput; response: LedgerPage };
  /** Booked value by scenario and kind. */
  "ledger.summary": { request: Nothing; response: LedgerSummary };
  /** Own products that are likely listed twice, with probability and reasons. */
  "market.duplicates": { request: FindDuplicatesInput; response: Duplicates };
  /** Take in what another shop lists, with prices and ranks, from a file; a later file of the same source updates it. */
  "market.import": { request: ImportItemsInput; response: ImportedItems };
  /** Confirm or reject that an item and a product are the same; what was said is learned from. */
  "market.judge": { request: JudgeInput; response: Judged };
  /** Items of other shops with their price, rank and the own product that they match. */
  "market.list": { request: ListItemsInput; response: ItemPage };
  /** Find which items of other shops are the same as own products, with probability and reasons. */
  "market.match": { request: MatchInput; response: Matched };
  /** What the market says: own products that are cheaper elsewhere, best sellers that are not sold here, prices that moved. */
  "market.signals": { request: AskSignalsInput; response: Signals };
  /** Tell what moved on the market since it was last told, as decisions: own products undercut, sold out elsewhere, items whose rank climbs; every night, and after matching. */
  "market.watch": { request: Nothing; response: Watched };
  /** Rules of lists with their state. */
  "merchandising.list": { request: Nothing; response: MerchandisingRuleList };
  /** The first page of a query or category before and after a rule, before it runs. */
  "merchandising.preview": { request: PreviewRuleInput; response: Preview };
  /** Say what a query, a category or every list shall show: pin, boost, bury, hide, banner, redirect; for a while, or for an arm of an experiment. */
  "merchandising.save": { request: SaveRuleInput; response: MerchandisingRuleLine };
  /** Stop a rule; saving it again starts it. */
  "merchandising.stop": { request: RuleIdInput; response: Nothing };
  /** Cancel an order that has not been shipped; its stock goes back. */
  "orders.cancel_order": { request: CancelOrderInput; response: Nothing };
  /** Accept or refuse a request; accepting books the return, the answer is told in the talk. */
  "orders.decide_return": { request: DecideRequest; response: Nothing };
  /** One order with its lines and where it is. */
  "orders.get_order": { request: GetOrderInput; response: Order };
  /** Orders, newest first; a shopper sees only their own. */
  "orders.list_orders": { request: ListOrdersInput; response: OrderPage };
  /** What is or was paid back for an order, and where each refund stands. */
  "orders.list_refunds": { request: GetOrderInput; response: Refunds };
  /** Requests for returns and exchanges, newest first. */
  "orders.list_return_requests": { request: ListRequestsInput; response: RequestPage };
  /** What came back of an order, and what was refunded. */
  "orders.list_returns": { request: GetOrderInput; response: ReturnedLines };
  /** Say that an order was paid, shipped or delivered. */
  "orders.move_order": { request: MoveOrderInput; response: Nothing };
  /** Order a basket or a list of SKUs: prices from the catalogue, the best promotions taken off, stock taken at once. An agent's order waits for its shopper: the answer has the link. */
  "orders.place": { request: PlaceOrderInput; response: PlacedOrder };
  /** Record orders that happened elsewhere or earlier; those already known stay as they are. */
  "orders.record": { request: RecordOrdersInput; response: Saved };
  /** Record goods that come back and what is refunded. */
  "orders.record_returns": { request: RecordReturnsInput; response: Saved };
  /** Ask to send goods of one's own order back, or to exchange them; the shop decides. */
  "orders.request_return": { request: ReturnRequest; response: RequestedReturn };
  /** Refunds across all orders: what is due and whose move it is, what a provider refused and why, what was paid back. */
  "payments.list_refunds": { request: ListRefundsInput; response: RefundPage };
  /** Say that a refund was transferred by hand. */
  "payments.mark_refunded": { request: MarkRefundedInput; response: Nothing };
  /** Pay back what is due through the payments' providers; repeated calls pay nothing twice. */
  "payments.settle_refunds": { request: SettleRefundsInput; response: Settled };
  /** Fetch the pictures that products name at other addresses, so that they can be found by a photo; only https on the public internet, and each failure is told. */
  "pictures.fetch": { request: FetchInput; response: FetchReport };
  /** Forget a photo that was handed in. */
  "pictures.forget": { request: PicturesForgetInput; response: PicturesForgotten };
  /** Make the catalogue's pictures findable by a photo; done by itself when pictures change. */
  "pictures.index": { request: IndexInput; response: IndexState };
  /** How many pictures can be found by a photo, and which cannot be read and why. */
  "pictures.status": { request: Nothing; response: IndexState };
  /** Keep a picture for products; its kind is told from its content. */
  "pictures.store": { request: StorePictureInput; response: StoredPicture };
  /** Hand in a photo to search with; it is described in numbers and not kept, the numbers are forgotten after two hours. */
  "pictures.upload": { request: UploadInput; response: Uploaded };
  /** Promotions with their state and how often they were used. */
  "promotions.list": { request: ListPromotions; response: PromotionList };
  /** Promotions that run now and may be told to shoppers, of a product or of the whole shop. */
  "promotions.offers": { request: AskOffersInput; response: PromotionOffers };
  /** What a basket comes to with the best legal choice of promotions, why a code does not count, and what is missing to more. */
  "promotions.quote": { request: AskQuoteInput; response: BasketQuote };
  /** What promotions took off, and what was paid for the orders they counted for. */
  "promotions.report": { request: AskReport; response: PromotionReport };
  /** Make or replace a promotion: money or a percentage off, thresholds, buy and get, set prices, free shipping; by itself or by codes. */
  "promotions.save": { request: SavePromotionInput; response: SavedPromotion };
  /** Stop a promotion; what was promised in open checkouts stays promised. Saving it again starts it. */
  "promotions.stop": { request: PromotionIdInput; response: SavedPromotion };
  /** What buyers of a product say, by aspect: share of praise, count, quotes exactly as written. */
  "reviews.digest": { request: DigestReviewsInput; response: ReviewDigest };
  /** Go back to the word list. */
  "reviews.forget_reader": { request: Nothing; response: ReaderState };
  /** Published reviews of a product, newest first. */
  "reviews.list": { request: ListReviewsInput; response: ReviewPage };
  /** Whether a taught reader or the word list reads the reviews, and how the two compared. */
  "reviews.reader": { request: Nothing; response: ReaderState };
  /** Keep reviews; those already known stay as they are. */
  "reviews.save": { request: SaveReviewsInput; response: Saved };
  /** Teach a reader with reviews marked by hand; it is used when it is not below the word list on those held out. */
  "reviews.teach": { request: TeachReaderInput; response: ReaderState };
  /** What other weights of margin, newness and frequency would have been worth in rows, from places that were left to chance, before a switch. */
  "selection.estimate": { request: EstimateInput; response: SlotEstimate };
  /** What is put forward now, and until when. */
  "selection.list_pushed": { request: Nothing; response: PushedList };
  /** What rows of recommendations favour and avoid. */
  "selection.list_rules": { request: Nothing; response: RuleSet };
  /** Put a product forward in recommendations for some days. */
  "selection.push": { request: SelectionPushInput; response: PushedList };
  /** Choose goods for a place in the shop and for who is there, each with its reason; a view or order counts in the next answer. */
  "selection.recommend": { request: RecommendInput; response: Recommendations };
  /** Say what rows of recommendations shall favour and avoid: margin, new goods, what was shown too often, one category; for a placement, or an arm of an experiment. */
  "selection.save_rules": { request: RuleSetInput; response: RuleSet };
  /** What was learned from visits and purchases, and how well it did on what was held back. */
  "selection.status": { request: Nothing; response: Status };
  /** Learn anew from all visits and purchases now, instead of tonight. */
  "selection.train": { request: Nothing; response: Status };
  /** No longer put a product forward. */
  "selection.unpush": { request: UnpushInput; response: PushedList };
  /** How the shop is set. */
  "settings.get": { request: Nothing; response: Settings };
  /** Change settings of the shop. */
  "settings.update": { request: UpdateSettingsInput; response: Settings };
  /** The ways in which the shop sends its goods; empty: the one fee of the settings. */
  "shipping.list_options": { request: Nothing; response: ShippingList };
  /** Say in which ways the shop sends its goods, to where and for how much. */
  "shipping.save_options": { request: SaveShippingInput; response: Saved };
  /** Key figures of a period beside the one before, what rose and fell, and what waits. */
  "shop.overview": { request: AskOverviewInput; response: Overview };
  /** What anybody may know of the shop: name, currency, shipping and policies. */
  "shop.storefront": { request: Nothing; response: StorefrontFacts };
  /** Open a further shop on this server, with its own goods, people and keys. */
  "shops.create": { request: CreateShopInput; response: Shop };
  /** The shops of this server. */
  "shops.list": { request: Nothing; response: ShopList };
  /** A text read aloud, by the shop's text-to-speech endpoint or, where there is none, by espeak-ng. */
  "speech.say": { request: SayInput; response: Said };
  /** Whether the guide can be spoken to and can read its answers aloud here. */
  "speech.status": { request: Nothing; response: Abilities };
  /** What was said in a short sound, by the shop's speech-to-text endpoint; neither is kept. */
  "speech.transcribe": { request: TranscribeInput; response: Transcribed };
  /** Stock by SKU and place. */
  "stock.list": { request: ListStockInput; response: StockPage };
  /** Record goods that came in, went out or were counted; stock follows from the moves. */
  "stock.record_moves": { request: RecordMovesInput; response: Saved };
  /** Name the places where goods are kept, made or sold. */
  "stock.save_places": { request: SavePlacesInput; response: Saved };
  /** What needs care in stock: sold out or about to be, too much, expiring, slow, late; with the money at stake. */
  "supply.alerts": { request: AskAlertsInput; response: AlertPage };
  /** Move stock between places to where it is most likely to be asked for, and propose the transfers as decisions. */
  "supply.allocate": { request: AllocateInput; response: Allocation };
  /** Play the past again and book in the ledger, as a back-test, what the plan was worth against the naive rule; a day is booked once. */
  "supply.book_backtest": { request: BookBacktestInput; response: Backtest };
  /** Cancel a purchase order of which nothing has arrived. */
  "supply.cancel_order": { request: PurchaseNumberInput; response: Purchase };
  /** How much of a good to keep at each place of a chain from its supplier to where it sells, when each may wait for the one before it. */
  "supply.chain_levels": { request: AskChainInput; response: ChainLevels };
  /** Change quantities of a purchase proposal before it is decided, with the reason. */
  "supply.edit_proposal": { request: EditProposalInput; response: PurchaseProposal };
  /** Take back levels that were set by hand: the next plan follows its own again. */
  "supply.end_level": { request: EndLevelInput; response: LevelByHand };
  /** Which goods to keep in a front warehouse, so that the most orders are served whole from there. */
  "supply.front_items": { request: ChooseFrontInput; response: FrontAnswer };
  /** One good: its stock behind and ahead with its spread, what is on order, and its order points. */
  "supply.good": { request: AskStockedGoodInput; response: StockedGood };
  /** Levels that people set, beside what the plan would have followed, and whether they helped. */
  "supply.list_levels": { request: AskLevelsInput; response: LevelsByHand };
  /** Purchase orders, newest first. */
  "supply.list_purchase_orders": { request: ListPurchaseOrdersInput; response: PurchaseOrderPage };
  /** Suppliers of the shop. */
  "supply.list_suppliers": { request: Nothing; response: SupplierList };
  /** Terms of supply by SKU and supplier. */
  "supply.list_terms": { request: ListSupplyTermsInput; response: SupplyTermPage };
  /** One purchase order with its lines. */
  "supply.order": { request: PurchaseNumberInput; response: Purchase };
  /** Place a purchase order; a number that exists is refused, so nothing is ordered twice. */
  "supply.place_order": { request: PlacePurchaseInput; response: Purchase };
  /** Where to keep safety stock along the routes between places, and what that saves against every place caring for itself. */
  "supply.placement": { request: Nothing; response: PlacementAnswer };
  /** What each place holds, what is on its way there, and what it can hold. */
  "supply.places": { request: Nothing; response: PlacesOfStock };
  /** Plan the stock: for each good and place how long it lasts, when to order and how much, and propose the purchase orders of today as decisions. */
  "supply.plan": { request: PlanStockInput; response: StockOutline };
  /** The ways a good could be ordered at a place, side by side: up to a level, between two levels, a fixed quantity on order days or at a reorder point, a season that ends; what each keeps, serves and costs. */
  "supply.policies": { request: AskPoliciesInput; response: PolicyComparison };
  /** What will run out and when, what is too much, and the money at stake, by the plan that was made last. */
  "supply.position": { request: AskPositionInput; response: PositionPage };
  /** What to buy today and why: proposed purchase orders, line by line. */
  "supply.proposals": { request: AskProposalsInput; response: ProposalPage };
  /** Write down what arrived of a purchase order: stock rises, and the supplier's lead time is learned from it. */
  "supply.receive_order": { request: ReceivePurchaseInput; response: Purchase };
  /** Record purchase orders, placed or received. */
  "supply.save_purchase_orders": { request: SavePurchaseOrdersInput; response: Saved };
  /** Set promised fill rates, costs of stock and of orders, order days and routes; the next plan follows them. */
  "supply.save_settings": { request: SupplySettingsInput; response: SupplySettings };
  /** Name the suppliers and how long they take. */
  "supply.save_suppliers": { request: SaveSuppliersInput; response: Saved };
  /** Say what a good costs from a supplier, in which packs it comes, least and most orders, shelf life and price steps. */
  "supply.save_terms": { request: SaveSupplyTermsInput; response: Saved };
  /** Set by hand when and how much of a good a place orders, or its promise, with a reason and a last day; the next plan follows it, and it is scored against the plan's own levels. */
  "supply.set_level": { request: SetLevelInput; response: LevelByHand };
  /** Promised fill rates, costs of stock and of orders, order days, routes between places. */
  "supply.settings": { request: Nothing; response: SupplySettings };
  /** Play the shop's past again: what the plan would have served and cost, beside ordering what was sold and beside what was. */
  "supply.simulate": { request: SimulateStockInput; response: Backtest };
  /** How much of a good to keep in the warehouse and in each place it feeds, when a place may wait for the warehouse. */
  "supply.warehouse_levels": { request: AskWarehouseInput; response: WarehouseLevels };
  /** How often and how long each operation ran, by day. */
  "usage.list": { request: AskUsageInput; response: Usage };
  /** Let somebody sign in with a role. */
  "users.add": { request: AddUserInput; response: User };
  /** Who may sign in to the console. */
  "users.list": { request: Nothing; response: UserList };
  /** Change a user's role, name or password, or bar them. */
  "users.update": { request: UpdateUserInput; response: User };
}

export type OperationName = keyof Operations;

/** What a caller must know before it calls. */
export const operations: { readonly [N in OperationName]: { readonly effect: Effect; readonly long: boolean; readonly permission: string } } = {
  "accounts.attach_order": { effect: "act", long: false, permission: "public" },
  "accounts.change_password": { effect: "act", long: false, permission: "public" },
  "accounts.close": { effect: "act", long: false, permission: "public" },
  "accounts.create_reset_code": { effect: "act", long: false, permission: "customers.write" },
  "accounts.export_data": { effect: "read", long: false, permission: "public" },
  "accounts.get": { effect: "read", long: false, permission: "public" },
  "accounts.remove_address": { effect: "act", long: false, permission: "public" },
  "accounts.reset_password": { effect: "act", long: false, permission: "public" },
  "accounts.save_address": { effect: "act", long: false, permission: "public" },
  "accounts.sign_in": { effect: "act", long: false, permission: "public" },
  "accounts.sign_out": { effect: "act", long: false, permission: "public" },
  "accounts.sign_up": { effect: "act", long: false, permission: "public" },
  "accounts.update": { effect: "act", long: false, permission: "public" },
  "agents.deliveries": { effect: "read", long: false, permission: "agents.read" },
  "agents.list": { effect: "read", long: false, permission: "agents.read" },
  "agents.remove": { effect: "act", long: false, permission: "agents.write" },
  "agents.save": { effect: "act", long: false, permission: "agents.write" },
  "agents.traffic": { effect: "read", long: false, permission: "agents.read" },
  "assortment.plan": { effect: "read", long: false, permission: "assortment.read" },
  "assortment.propose": { effect: "propose", long: true, permission: "assortment.propose" },
  "assortment.simulate": { effect: "read", long: true, permission: "assortment.read" },
  "assortment.whatif": { effect: "read", long: true, permission: "assortment.read" },
  "audit.list": { effect: "read", long: false, permission: "audit.read" },
  "basket.add": { effect: "act", long: false, permission: "public" },
  "basket.cancel": { effect: "act", long: false, permission: "public" },
  "basket.get": { effect: "read", long: false, permission: "public" },
  "basket.merge": { effect: "act", long: false, permission: "public" },
  "basket.mine": { effect: "read", long: false, permission: "public" },
  "basket.replace": { effect: "act", long: false, permission: "public" },
  "basket.set": { effect: "act", long: false, permission: "public" },
  "basket.set_codes": { effect: "act", long: false, permission: "public" },
  "campaigns.list": { effect: "read", long: false, permission: "campaigns.read" },
  "campaigns.save": { effect: "act", long: false, permission: "campaigns.write" },
  "catalog.archive_product": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.find_products": { effect: "read", long: false, permission: "public" },
  "catalog.get_product": { effect: "read", long: false, permission: "public" },
  "catalog.list_attributes": { effect: "read", long: false, permission: "public" },
  "catalog.list_categories": { effect: "read", long: false, permission: "public" },
  "catalog.list_products": { effect: "read", long: false, permission: "catalog.read" },
  "catalog.save_attributes": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.save_categories": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.save_products": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.set_pictures": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.set_price": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.set_prices": { effect: "act", long: false, permission: "catalog.write" },
  "catalog.set_status": { effect: "act", long: false, permission: "catalog.write" },
  "chain.status": { effect: "read", long: false, permission: "shop.read" },
  "checkout.cancel": { effect: "act", long: false, permission: "checkout.write" },
  "checkout.complete": { effect: "act", long: false, permission: "checkout.write" },
  "checkout.create": { effect: "act", long: false, permission: "checkout.write" },
  "checkout.get": { effect: "read", long: false, permission: "checkout.read" },
  "checkout.list": { effect: "read", long: false, permission: "checkout.read" },
  "checkout.outcome": { effect: "read", long: false, permission: "public" },
  "checkout.update": { effect: "act", long: false, permission: "checkout.write" },
  "conversations.get": { effect: "read", long: false, permission: "conversations.read" },
  "conversations.list": { effect: "read", long: false, permission: "conversations.read" },
  "conversations.record": { effect: "act", long: false, permission: "conversations.write" },
  "conversations.reply": { effect: "act", long: false, permission: "conversations.write" },
  "conversations.set_status": { effect: "act", long: false, permission: "conversations.write" },
  "customers.export_person": { effect: "read", long: false, permission: "customers.export" },
  "customers.forget_person": { effect: "act", long: false, permission: "customers.forget" },
  "customers.get_customer": { effect: "read", long: false, permission: "customers.read" },
  "customers.list_customers": { effect: "read", long: false, permission: "customers.read" },
  "customers.list_groups": { effect: "read", long: false, permission: "customers.read" },
  "customers.save_customers": { effect: "act", long: false, permission: "customers.write" },
  "customers.save_group": { effect: "act", long: false, permission: "customers.write" },
  "customers.set_consent": { effect: "act", long: false, permission: "public" },
  "decisions.approve": { effect: "act", long: false, permission: "decisions.decide" },
  "decisions.get": { effect: "read", long: false, permission: "decisions.read" },
  "decisions.list": { effect: "read", long: false, permission: "decisions.read" },
  "decisions.list_policies": { effect: "read", long: false, permission: "decisions.read" },
  "decisions.measure": { effect: "act", long: false, permission: "decisions.decide" },
  "decisions.propose": { effect: "propose", long: false, permission: "decisions.propose" },
  "decisions.reject": { effect: "act", long: false, permission: "decisions.decide" },
  "decisions.set_policy": { effect: "act", long: false, permission: "decisions.set_policy" },
  "decisions.undo": { effect: "act", long: false, permission: "decisions.decide" },
  "dialogue.answer_nudge": { effect: "act", long: false, permission: "public" },
  "dialogue.ask": { effect: "act", long: true, permission: "public" },
  "dialogue.check_cases": { effect: "read", long: false, permission: "conversations.read" },
  "dialogue.decide_synonym": { effect: "act", long: false, permission: "dialogue.write" },
  "dialogue.export_quality": { effect: "read", long: false, permission: "conversations.read" },
  "dialogue.find_synonyms": { effect: "act", long: false, permission: "dialogue.write" },
  "dialogue.forget_memory": { effect: "act", long: false, permission: "public" },
  "dialogue.judge_results": { effect: "act", long: false, permission: "dialogue.write" },
  "dialogue.judgements": { effect: "read", long: false, permission: "dialogue.read" },
  "dialogue.keep_case": { effect: "act", long: false, permission: "conversations.write" },
  "dialogue.learn": { effect: "act", long: false, permission: "conversations.write" },
  "dialogue.memory": { effect: "read", long: false, permission: "public" },
  "dialogue.model_trials": { effect: "read", long: false, permission: "conversations.read" },
  "dialogue.news": { effect: "read", long: false, permission: "public" },
  "dialogue.nudge": { effect: "act", long: true, permission: "public" },
  "dialogue.price_history": { effect: "read", long: false, permission: "public" },
  "dialogue.quality": { effect: "read", long: false, permission: "conversations.read" },
  "dialogue.ranking": { effect: "read", long: false, permission: "dialogue.read" },
  "dialogue.remove_case": { effect: "act", long: false, permission: "conversations.write" },
  "dialogue.replay": { effect: "read", long: false, permission: "conversations.read" },
  "dialogue.search": { effect: "read", long: false, permission: "public" },
  "dialogue.search_report": { effect: "read", long: false, permission: "dialogue.read" },
  "dialogue.stop_watch": { effect: "act", long: false, permission: "public" },
  "dialogue.suggest": { effect: "read", long: false, permission: "public" },
  "dialogue.switch_model": { effect: "act", long: true, permission: "conversations.write" },
  "dialogue.switch_ranking": { effect: "act", long: false, permission: "dialogue.write" },
  "dialogue.synonyms": { effect: "read", long: false, permission: "dialogue.read" },
  "dialogue.train_ranking": { effect: "act", long: true, permission: "dialogue.write" },
  "dialogue.watches": { effect: "read", long: false, permission: "public" },
  "events.record": { effect: "act", long: false, permission: "public" },
  "experiments.adapt": { effect: "act", long: false, permission: "experiments.write" },
  "experiments.assign": { effect: "read", long: false, permission: "public" },
  "experiments.held_out": { effect: "read", long: false, permission: "public" },
  "experiments.list": { effect: "read", long: false, permission: "experiments.read" },
  "experiments.read": { effect: "read", long: false, permission: "experiments.read" },
  "experiments.start": { effect: "act", long: false, permission: "experiments.write" },
  "experiments.stop": { effect: "act", long: false, permission: "experiments.write" },
  "experiments.switch_value": { effect: "read", long: false, permission: "experiments.read" },
  "exports.write": { effect: "act", long: true, permission: "exports.write" },
  "facts.export": { effect: "act", long: true, permission: "facts.export" },
  "facts.query": { effect: "read", long: false, permission: "facts.read" },
  "facts.rebuild": { effect: "act", long: true, permission: "facts.write" },
  "facts.sql": { effect: "read", long: true, permission: "facts.read" },
  "facts.status": { effect: "read", long: false, permission: "facts.read" },
  "feeds.list_targets": { effect: "read", long: false, permission: "feeds.read" },
  "feeds.products": { effect: "read", long: false, permission: "public" },
  "feeds.push": { effect: "act", long: true, permission: "feeds.write" },
  "feeds.remove_target": { effect: "act", long: false, permission: "feeds.write" },
  "feeds.save_target": { effect: "act", long: false, permission: "feeds.write" },
  "forecast.accuracy": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.choose_model": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.demand": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.edit": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.export": { effect: "act", long: true, permission: "exports.write" },
  "forecast.export_supplied": { effect: "act", long: true, permission: "forecast.supplied" },
  "forecast.forget_weather": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.hand_on_need": { effect: "propose", long: false, permission: "forecast.edit" },
  "forecast.import_weather": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.list": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.list_edits": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.next_need": { effect: "read", long: true, permission: "customers.read" },
  "forecast.record_weather": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.run": { effect: "act", long: true, permission: "forecast.run" },
  "forecast.status": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.supplied": { effect: "read", long: false, permission: "forecast.supplied" },
  "forecast.total": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.undo_edit": { effect: "act", long: false, permission: "forecast.edit" },
  "forecast.unmet_needs": { effect: "read", long: true, permission: "forecast.read" },
  "forecast.weather": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.whatif": { effect: "read", long: false, permission: "forecast.read" },
  "forecast.whatif_weather": { effect: "read", long: false, permission: "forecast.read" },
  "imports.get": { effect: "read", long: false, permission: "imports.read" },
  "imports.inspect": { effect: "read", long: false, permission: "imports.write" },
  "imports.list": { effect: "read", long: false, permission: "imports.read" },
  "imports.run": { effect: "act", long: true, permission: "imports.write" },
  "imports.undo": { effect: "act", long: false, permission: "imports.write" },
  "jobs.cancel": { effect: "act", long: false, permission: "jobs.write" },
  "jobs.get": { effect: "read", long: false, permission: "jobs.read" },
  "jobs.list": { effect: "read", long: false, permission: "jobs.read" },
  "keys.create": { effect: "act", long: false, permission: "keys.write" },
  "keys.list": { effect: "read", long: false, permission: "keys.read" },
  "keys.revoke": { effect: "act", long: false, permission: "keys.write" },
  "ledger.book": { effect: "act", long: false, permission: "ledger.write" },
  "ledger.list": { effect: "read", long: false, permission: "ledger.read" },
  "ledger.summary": { effect: "read", long: false, permission: "ledger.read" },
  "market.duplicates": { effect: "read", long: true, permission: "market.read" },
  "market.import": { effect: "act", long: false, permission: "market.write" },
  "market.judge": { effect: "act", long: false, permission: "market.write" },
  "market.list": { effect: "read", long: false, permission: "market.read" },
  "market.match": { effect: "propose", long: true, permission: "market.write" },
  "market.signals": { effect: "read", long: false, permission: "market.read" },
  "market.watch": { effect: "propose", long: true, permission: "market.write" },
  "merchandising.list": { effect: "read", long: false, permission: "merchandising.read" },
  "merchandising.preview": { effect: "read", long: false, permission: "merchandising.read" },
  "merchandising.save": { effect: "act", long: false, permission: "merchandising.write" },
  "merchandising.stop": { effect: "act", long: false, permission: "merchandising.write" },
  "orders.cancel_order": { effect: "act", long: false, permission: "public" },
  "orders.decide_return": { effect: "act", long: false, permission: "orders.write" },
  "orders.get_order": { effect: "read", long: false, permission: "public" },
  "orders.list_orders": { effect: "read", long: false, permission: "public" },
  "orders.list_refunds": { effect: "read", long: false, permission: "public" },
  "orders.list_return_requests": { effect: "read", long: false, permission: "orders.read" },
  "orders.list_returns": { effect: "read", long: false, permission: "public" },
  "orders.move_order": { effect: "act", long: false, permission: "orders.write" },
  "orders.place": { effect: "act", long: false, permission: "public" },
  "orders.record": { effect: "act", long: false, permission: "orders.write" },
  "orders.record_returns": { effect: "act", long: false, permission: "orders.write" },
  "orders.request_return": { effect: "act", long: false, permission: "public" },
  "payments.list_refunds": { effect: "read", long: false, permission: "orders.read" },
  "payments.mark_refunded": { effect: "act", long: false, permission: "orders.write" },
  "payments.settle_refunds": { effect: "act", long: true, permission: "orders.write" },
  "pictures.fetch": { effect: "act", long: true, permission: "catalog.write" },
  "pictures.forget": { effect: "read", long: false, permission: "public" },
  "pictures.index": { effect: "act", long: true, permission: "catalog.write" },
  "pictures.status": { effect: "read", long: false, permission: "catalog.read" },
  "pictures.store": { effect: "act", long: false, permission: "catalog.write" },
  "pictures.upload": { effect: "read", long: false, permission: "public" },
  "promotions.list": { effect: "read", long: false, permission: "promotions.read" },
  "promotions.offers": { effect: "read", long: false, permission: "public" },
  "promotions.quote": { effect: "read", long: false, permission: "public" },
  "promotions.report": { effect: "read", long: false, permission: "promotions.read" },
  "promotions.save": { effect: "act", long: false, permission: "promotions.write" },
  "promotions.stop": { effect: "act", long: false, permission: "promotions.write" },
  "reviews.digest": { effect: "read", long: false, permission: "public" },
  "reviews.forget_reader": { effect: "act", long: false, permission: "reviews.write" },
  "reviews.list": { effect: "read", long: false, permission: "public" },
  "reviews.reader": { effect: "read", long: false, permission: "reviews.read" },
  "reviews.save": { effect: "act", long: false, permission: "reviews.write" },
  "reviews.teach": { effect: "act", long: true, permission: "reviews.write" },
  "selection.estimate": { effect: "read", long: false, permission: "selection.read" },
  "selection.list_pushed": { effect: "read", long: false, permission: "selection.read" },
  "selection.list_rules": { effect: "read", long: false, permission: "selection.read" },
  "selection.push": { effect: "act", long: false, permission: "selection.write" },
  "selection.recommend": { effect: "read", long: false, permission: "public" },
  "selection.save_rules": { effect: "act", long: false, permission: "selection.write" },
  "selection.status": { effect: "read", long: false, permission: "selection.read" },
  "selection.train": { effect: "act", long: true, permission: "selection.write" },
  "selection.unpush": { effect: "act", long: false, permission: "selection.write" },
  "settings.get": { effect: "read", long: false, permission: "settings.read" },
  "settings.update": { effect: "act", long: false, permission: "settings.write" },
  "shipping.list_options": { effect: "read", long: false, permission: "public" },
  "shipping.save_options": { effect: "act", long: false, permission: "orders.write" },
  "shop.overview": { effect: "read", long: false, permission: "shop.read" },
  "shop.storefront": { effect: "read", long: false, permission: "public" },
  "shops.create": { effect: "act", long: false, permission: "shops.write" },
  "shops.list": { effect: "read", long: false, permission: "shops.read" },
  "speech.say": { effect: "read", long: true, permission: "public" },
  "speech.status": { effect: "read", long: false, permission: "public" },
  "speech.transcribe": { effect: "read", long: true, permission: "public" },
  "stock.list": { effect: "read", long: false, permission: "stock.read" },
  "stock.record_moves": { effect: "act", long: false, permission: "stock.write" },
  "stock.save_places": { effect: "act", long: false, permission: "stock.write" },
  "supply.alerts": { effect: "read", long: false, permission: "supply.read" },
  "supply.allocate": { effect: "propose", long: true, permission: "supply.propose" },
  "supply.book_backtest": { effect: "act", long: true, permission: "ledger.write" },
  "supply.cancel_order": { effect: "act", long: false, permission: "supply.write" },
  "supply.chain_levels": { effect: "read", long: true, permission: "supply.read" },
  "supply.edit_proposal": { effect: "propose", long: false, permission: "supply.propose" },
  "supply.end_level": { effect: "act", long: false, permission: "supply.write" },
  "supply.front_items": { effect: "read", long: true, permission: "supply.read" },
  "supply.good": { effect: "read", long: false, permission: "supply.read" },
  "supply.list_levels": { effect: "read", long: false, permission: "supply.read" },
  "supply.list_purchase_orders": { effect: "read", long: false, permission: "supply.read" },
  "supply.list_suppliers": { effect: "read", long: false, permission: "supply.read" },
  "supply.list_terms": { effect: "read", long: false, permission: "supply.read" },
  "supply.order": { effect: "read", long: false, permission: "supply.read" },
  "supply.place_order": { effect: "act", long: false, permission: "supply.write" },
  "supply.placement": { effect: "read", long: true, permission: "supply.read" },
  "supply.places": { effect: "read", long: false, permission: "supply.read" },
  "supply.plan": { effect: "propose", long: true, permission: "supply.propose" },
  "supply.policies": { effect: "read", long: true, permission: "supply.read" },
  "supply.position": { effect: "read", long: false, permission: "supply.read" },
  "supply.proposals": { effect: "read", long: false, permission: "supply.read" },
  "supply.receive_order": { effect: "act", long: false, permission: "supply.write" },
  "supply.save_purchase_orders": { effect: "act", long: false, permission: "supply.write" },
  "supply.save_settings": { effect: "act", long: false, permission: "supply.write" },
  "supply.save_suppliers": { effect: "act", long: false, permission: "supply.write" },
  "supply.save_terms": { effect: "act", long: false, permission: "supply.write" },
  "supply.set_level": { effect: "act", long: false, permission: "supply.write" },
  "supply.settings": { effect: "read", long: false, permission: "supply.read" },
  "supply.simulate": { effect: "read", long: true, permission: "supply.read" },
  "supply.warehouse_levels": { effect: "read", long: true, permission: "supply.read" },
  "usage.list": { effect: "read", long: false, permission: "usage.read" },
  "users.add": { effect: "act", long: false, permission: "users.write" },
  "users.list": { effect: "read", long: false, permission: "users.read" },
  "users.update": { effect: "act", long: false, permission: "users.write" },
};
