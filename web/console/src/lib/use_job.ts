// One long piece of work that a page asks for: its job while it runs, its answer, or why there is none.
import { computed, ref, shallowRef, watch } from 'vue'
import type { ApiError } from '../api/call'
import { isOver, useJobs } from '../stores/jobs'

export function useJob<T>() {
  const jobs = useJobs(), jobId = ref(''), problem = shallowRef<Pick<ApiError, 'reason' | 'message'>>(), answer = shallowRef<T>()
  const job = computed(() => (jobId.value ? jobs.known.get(jobId.value) : undefined))
  watch(job, (j) => {
    if (!j || !isOver(j)) return
    jobId.value = ''
    if (j.state === 'succeeded') answer.value = j.result as T
    else problem.value = j.error ?? { reason: j.state === 'cancelled' ? 'cancelled' : 'internal', message: '' }
  })
  async function start(begin: () => Promise<string>) {
    problem.value = undefined
    try { jobId.value = await begin(); void jobs.refresh() } catch (e) { problem.value = e as ApiError }
  }
  return { job, busy: computed(() => !!jobId.value), problem, answer, start }
}
