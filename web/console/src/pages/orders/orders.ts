// What may follow in the life of an order. No Vue, no network.
export type Step = 'paid' | 'shipped' | 'delivered' | 'cancelled'
const steps: Record<string, Step[]> = { placed: ['paid', 'shipped', 'cancelled'], paid: ['shipped', 'cancelled'], shipped: ['delivered'] }
export const nextSteps = (status: string): Step[] => steps[status] ?? []
