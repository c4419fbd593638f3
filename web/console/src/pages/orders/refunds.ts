// What the list of refunds asks for. No Vue, no network.

/** Views of the list: all that is due, due by whose move it is, settled, never charged. */
export const moves = ['due', 'person', 'refused', 'provider', 'refunded', 'not_charged'] as const
/** A view as the operation is asked for it. */
export const asked = (view: (typeof moves)[number]) => (view === 'person' || view === 'refused' || view === 'provider' ? { waits_for: view } : { state: view })
