// The button that stops a job stands beside its bar, in both languages, for whoever may, while it runs; one question comes first.
import { flushPromises, mount, shallowMount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useLocale, i18n } from '../../i18n'
import { useJobs } from '../../stores/jobs'
import { useSession } from '../../stores/session'
import AskDialog from '../../ui/AskDialog.vue'
import Forecast from '../forecast/Forecast.vue'
import CancelJob from './CancelJob.vue'

const cancel = vi.hoisted(() => vi.fn(async () => ({})))
const job_id = vi.hoisted(() => ({ value: '' }))
vi.mock('../../api', async (real) => {
  const api = await real<typeof import('../../api')>()
  return { ...api, jobs: { ...api.jobs, cancel, list: async () => ({ jobs: [{ id: 'job_1', operation: 'forecast.run', state: 'running' }] }) }, forecast: { ...api.forecast, status: async () => ({ forecast: false, hour: 3, job_id: job_id.value }) } }
})
vi.mock('vue-router', async (real) => ({ ...(await real<typeof import('vue-router')>()), useRoute: () => ({ query: {}, params: {} }), useRouter: () => ({ replace: async () => {} }) }))

const pinia = createPinia()
const button = (permissions: string[], state: string) => {
  useSession(pinia).session = { permissions } as never
  return mount(CancelJob, { props: { job: { id: 'job_1', state } as never }, global: { plugins: [i18n, pinia], stubs: { AskDialog: true } } })
}
beforeEach(() => { setActivePinia(pinia); cancel.mockClear(); job_id.value = '' })

describe('CancelJob', () => {
  it('is there while the job waits or runs, for whoever may stop jobs', () => {
    for (const state of ['queued', 'running']) expect(button(['jobs.write'], state).find('[data-cancel-job]').exists()).toBe(true)
    for (const state of ['succeeded', 'failed', 'cancelled']) expect(button(['*'], state).find('[data-cancel-job]').exists()).toBe(false)
    expect(button(['jobs.read'], 'running').find('[data-cancel-job]').exists()).toBe(false)
  })
  it('asks first, then stops this job, and speaks both languages', async () => {
    for (const [locale, word] of [['en', 'Cancel'], ['zh-CN', '取消']] as const) {
      await useLocale(locale)
      const w = button(['*'], 'running'), at = w.find('[data-cancel-job]')
      expect(at.text()).toBe(word)
      await at.trigger('click')
      const ask = w.findComponent(AskDialog)
      expect(ask.props('modelValue')).toBe(true)
      expect(cancel).not.toHaveBeenCalled()
      ask.vm.$emit('yes', '')
      await flushPromises()
      expect(cancel).toHaveBeenCalledExactlyOnceWith('job_1')
      expect(w.emitted('asked')).toHaveLength(1)
      expect(w.findComponent(AskDialog).props('modelValue')).toBe(false)
      cancel.mockClear()
    }
  })
  it('stands beside the progress on the page of forecasts, of the job that the status names', async () => {
    useSession(pinia).session = { permissions: ['*'] } as never
    const page = async () => { const w = shallowMount(Forecast, { global: { plugins: [i18n, pinia] } }); await flushPromises(); return w }
    expect((await page()).findComponent(CancelJob).exists()).toBe(false)
    job_id.value = 'job_1'
    const w = await page()
    expect(useJobs(pinia).known.get('job_1')?.state).toBe('running')
    expect(w.findComponent(CancelJob).props('job')).toMatchObject({ id: 'job_1' })
  })
})
