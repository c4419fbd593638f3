// What the console reads out of answers. Fields the engine may leave out are optional: a page shows what is there.
// Instants are milliseconds since the epoch (`_at_ms`), days count since the epoch, money is whole minor units with its currency.
import type { Schema } from '../lib/schema'

export interface Text { en: string; zh: string }
export type Effect = 'read' | 'propose' | 'act'

export interface Operation {
  name: string; scenario: string; summary: Text; effect: Effect; permission: string; reasons: string[]; long: boolean
  input: Schema; input_zh?: Schema; output: Schema; output_zh?: Schema
}

export interface Session {
  user: { id: string; email: string; name: string; role: string } | null
  shop: { id: string; name: string; name_zh?: string; currency: string; locale: string; time_zone: string }
  permissions: string[]
  set_up_needed?: boolean
}

export interface Page { total?: number; next_page_token?: string }

export interface Figure { key: string; value: number; previous?: number; series?: number[] }
export interface KeyFigure extends Figure { unit: 'money' | 'count' | 'share' }
/** A product that sells more or less than in the period before. */
export interface Mover { product_id: string; title_en?: string; title_zh?: string; direction: 'up' | 'down'; value: number; previous: number }
export interface Overview {
  from_day?: number; to_day?: number; currency?: string
  gmv_minor?: number; gmv_minor_previous?: number; orders?: number; orders_previous?: number
  customers?: number; customers_previous?: number; conversion?: number; conversion_previous?: number
  days?: { day: number; gmv_minor?: number; orders?: number; customers?: number; visits?: number; conversion?: number; average_order_minor?: number; gmv_minor_previous?: number }[]
  changes?: Change[]; figures?: KeyFigure[]; movers?: Mover[]; waiting?: Record<string, number>
}
export interface Change { title_en?: string; title_zh?: string; text?: string; kind?: string; direction?: string; at_ms?: number; link?: string }

export interface Product {
  id: string; title_en?: string; title_zh?: string; brand?: string; category_id?: string; price_minor?: number; currency?: string
  status?: string; stock?: number; picture_url?: string
}
export interface Category { id: string; parent_id?: string; name_en?: string; name_zh?: string; products?: number }
export interface Facet { field: string; values: { value: string; count: number }[] }

export interface Order {
  id: string; number?: string; customer_id?: string; customer_name?: string; status?: string; total_minor?: number; currency?: string
  placed_at_ms?: number; channel?: string; lines_count?: number; lines?: OrderLine[]
}
export interface OrderLine { product_id?: string; variant_id?: string; sku?: string; title?: string; title_en?: string; title_zh?: string; quantity?: number; unit_price_minor?: number; total_minor?: number; picture_url?: string }

export interface Customer {
  id: string; name?: string; email?: string; phone?: string; city?: string; locale?: string; orders?: number; spent_minor?: number; currency?: string
  last_order_at_ms?: number; first_seen_at_ms?: number; segment?: string
}
export interface Conversation {
  id: string; customer_id?: string; customer_name?: string; channel?: string; kind?: string; locale?: string; state?: string; outcome?: string
  turns?: number; started_at_ms?: number; last_at_ms?: number; preview?: string
}
export interface Turn { role: string; text?: string; at_ms?: number; products?: Product[]; tool?: string; latency_ms?: number; verified?: boolean }

export interface Evidence { text?: string; text_en?: string; text_zh?: string; link?: string; value?: string }
export interface Decision {
  id: string; state: string; scenario?: string; module?: string; kind?: string
  title?: string; title_en?: string; title_zh?: string; why?: string; why_en?: string; why_zh?: string; evidence?: (Evidence | string)[]
  value_minor?: number; value_low_minor?: number; value_high_minor?: number; currency?: string
  measured_minor?: number; measure?: string; measure_en?: string; measure_zh?: string; carried_out_by?: string; approver?: string
  created_at_ms?: number; expires_at_ms?: number; undoable?: boolean
}
export interface SearchedQuery { query: string; searches: number; visits: number; results?: number; click_share: number; order_share: number; mean_position?: number; channels: string[]; likely_categories: { category_id: string; label_en: string; label_zh: string; probability: number }[]; foreseen: { attribute: string; value: string; value_en: string; value_zh: string; probability: number; word: string }[]; intent?: 'buy' | 'compare' | 'support' | 'chat' }
export interface SearchReport {
  searches: number; of_visits: number; channels: { channel: string; searches: number; without_results: number }[]; queries: number; visits: number; without_results: number; clicked: number; visits_with_order: number; mean_position?: number
  days: { day: number; searches: number; without_results: number; clicked: number }[]; most_searched: SearchedQuery[]; nothing_found: SearchedQuery[]; seldom_clicked: SearchedQuery[]
}
export interface LedgerEntry {
  id: string; scenario?: string; module?: string; kind?: string; method?: string; amount_minor?: number; currency?: string; hours?: number
  low_minor?: number; high_minor?: number; at_ms?: number; note?: string; note_en?: string; note_zh?: string; decision_id?: string
}
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | string
export interface Job {
  id: string; operation?: string; state: JobState; done?: number; total?: number; what?: string; created_at_ms?: number; started_at_ms?: number
  finished_at_ms?: number; user_name?: string; log?: { at_ms?: number; text: string }[]; result?: unknown; error?: { reason: string; message: string }
}
export interface AuditEntry {
  id: string; at_ms?: number; actor?: string; actor_kind?: string; operation?: string; effect?: Effect; target?: string; outcome?: string
  reason?: string; request_id?: string; via?: string; ip?: string; duration_ms?: number
}

export interface InspectedColumn { name: string; samples?: string[]; field?: string; confidence?: number }
export interface ImportField { name: string; label_en?: string; label_zh?: string; required?: boolean }
export interface Inspection {
  file_id: string; format?: string; encoding?: string; delimiter?: string; preset?: string; kind?: string; kinds?: string[]; lines_estimate?: number; bytes?: number
  columns?: InspectedColumn[]; fields?: ImportField[]; notes?: string[]; date_order?: string
}
export interface RefusedLine { line: number; reason: string; column?: string; message?: string; text?: string }
export interface ImportReport {
  import_id?: string; job_id?: string; read?: number; accepted?: number; refused?: number; unchanged?: number; created?: Record<string, number>
  refused_lines?: RefusedLine[]; dry_run?: boolean; duration_ms?: number; state?: string; skipped?: number; notes?: string[]
}
export interface ImportRecord { id: string; file_name?: string; kind?: string; state?: string; accepted?: number; refused?: number; unchanged?: number; at_ms?: number; user_name?: string; undoable?: boolean }
export interface UndoneImport { import_id: string; already: boolean; removed: Record<string, number>; restored: Record<string, number>; left: number }

export interface Settings { name?: string; name_zh?: string; currency?: string; locale?: string; time_zone?: string; items: { name: string; value: string; meaning_en: string; meaning_zh: string; secret: boolean }[] }
export interface ApiKey { id: string; name?: string; prefix?: string; scopes?: string[]; role?: string; rate_per_minute?: number; created_at_ms?: number; last_used_at_ms?: number; revoked?: boolean }
export interface User { id: string; name?: string; email?: string; role?: string; state?: string; created_at_ms?: number; last_seen_at_ms?: number }

/** A talk of the guide with its score, 0 to 100. */
export interface TalkScore { conversation_id: string; topics: string; started_at_ms: number; last_at_ms: number; turns: number; asked: number; relaxed: number; withheld: number; slowest_microseconds: number; score: number; offered: number; offered_true: number; settled: boolean; ordered: boolean; person: boolean; added: boolean }
export interface QualityReport { talks: number; settled: number; ordered: number; person: number; relaxed: number; turns: number; asked: number; score: number; withheld: number; constraint_true?: number; days: { day: string; talks: number; settled: number; ordered: number; score: number }[]; rows: TalkScore[]; next_page_token: string }
/** How an answer came about. */
export interface TurnTrace { requests: string[]; intents: string[]; understood: string[]; given_up: string[]; shown: string[]; remembered: string[]; free_text: string; question: string; question_bits: number; candidates: number; relaxed: boolean }
export interface ReplayedTurn { turn: number; at_ms: number; microseconds: number; withheld: number; topic: string; shopper: string; guide: string; trace: TurnTrace }
