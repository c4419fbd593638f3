// 中文。类型取自 en.ts：少一个键就不能通过编译。
import { choiceWords, fieldWords, oneSide, reasonWords } from './registry_words'
import type { Messages } from './en'

export const zh: Messages = {
  brand: '火种', tagline: '属于你自己的电商引擎',
  nav: {
    today: '今日', chain: '全链路', data: '数据与导入', catalogue: '商品', orders: '订单', customers: '客户', conversations: '对话',
    operations: '操作', jobs: '任务', ledger: '价值账本', audit: '审计', settings: '设置', group_run: '经营', group_shop: '店铺', group_proof: '引擎',
  },
  shell: {
    search: '搜索或执行…', theme: '外观', light: '浅色', dark: '深色', auto: '跟随系统', language: '语言', sign_out: '退出登录', menu: '账户',
    skip: '跳到内容', shortcuts: '键盘快捷键', live: '实时', offline: '实时更新中断，正在重连', not_found: '没有这个页面', back_home: '回到今日',
    palette_hint: '页面与操作', palette_none: '没有与“{q}”相符的结果', pages: '页面', operations: '操作', choose: '选择', open: '打开', close: '关闭',
    sc_palette: '搜索页面与操作', sc_go: '前往页面：先按 g，再按首字母', sc_find: '在列表中查找', sc_rows: '在行间移动、打开', sc_help: '本帮助',
  },
  ui: {
    refresh: '刷新', loading: '加载中', retry: '重试', cancel: '取消', save: '保存', saved: '已保存', close: '关闭', copy: '复制', copied: '已复制', export: '导出 CSV', more: '加载更多',
    shown: '已显示 {n} 条', of_total: '{n} / {total}', all: '全部', none: '无', yes: '是', no: '否', search: '搜索', actions: '操作', details: '详情', back: '返回', state: '状态', since: '起始',
    answered: '{ago}更新', just_now: '刚刚', source: '数据来源：操作 {op}', required: '必填', previous: '上一周期 {value}', total: '合计', other: '返回的其他内容', result: '结果',
    no_rows: '这里还没有内容', bring_in: '从文件导入', no_match: '没有符合的结果。减少关键词，或清除筛选。', absent: '本页需要的操作，当前引擎尚未提供。',
    absent_more: '操作 {op} 在这里不可用。引擎注册之后，本页会自动生效。', failed: '没有取得结果', request_id: '请求 {id}', note: '备注', open: '打开', json: 'JSON', table: '表格', help: '帮助',
  },
  today: {
    title: '今日', morning: '早上好，{name}', afternoon: '下午好，{name}', evening: '晚上好，{name}', days: '{n} 天', decisions: '等你决定', decisions_hint: '按预期价值排序',
    waiting: '{n} 项待定', worth: '若都如预期，合计价值 {value}', expected: '预期价值', interval: '区间 {low} 至 {high}', why: '理由', measured_by: '衡量方法', carried_out: '执行方', expires: '{ago}过期', approve: '批准', reject: '拒绝', undo: '撤销',
    approved: '已批准：{title}', rejected: '已拒绝：{title}', undone: '已撤销：{title}', reject_why: '为什么不？理由会用来改进下一次提议。', no_decisions: '没有等待决定的提议', no_decisions_more: '提议会带着证据与预期价值出现在这里。未经你或你设定的策略同意，什么都不会改变。',
    new_customers: '新客户', average_order: '客单价', returns_share: '退货率', visits: '日志访问数', visits_help: '期间内事件日志中至少有一条事件的不同会话数。未被记录的访问不计入。', orders_to_ship: '笔订单待发货', skus_out_of_stock: '个在售 SKU 缺货', running_jobs: '个任务运行中', open_decisions: '项决定待定',
    figures: '关键指标', gmv: '成交额', orders: '订单数', customers: '购买客户', conversion: '转化率', gmv_help: '期间内全部下单金额，未扣退货。', orders_help: '期间内的下单数。', customers_help: '期间内下过单的不同客户数。', conversion_help: '事件日志中的访问里最终下单的比例。没有访问记录的订单（导入、智能体、其他渠道）两边都不计。',
    vs: '较前 {n} 天', trend: '每日成交额', this_period: '本周期', last_period: '上一周期', changes: '有什么变化', no_changes: '本周期没有异常变化', no_sales: '这 {n} 天及之前 {n} 天都没有订单。', no_sales_more: '有了第一笔订单，指标与走势就会出现。商品、客户和历史订单可以从文件导入。', working: '正在运行', no_jobs: '没有正在运行的任务', evidence: '证据', all_decisions: '全部决定', keys_hint: 'j / k 移动，a 批准，r 拒绝',
  },
  state: {
    proposed: '待定', approved: '已批准', rejected: '已拒绝', expired: '已过期', executed: '已执行', measured: '已衡量', failed: '失败', queued: '排队中', running: '运行中', succeeded: '完成', cancelled: '已取消', cancelling: '正在取消',
    placed: '已下单', pending: '待处理', paid: '已付款', packed: '已打包', shipped: '已发货', delivered: '已送达', completed: '已完成', returned: '已退货', partly_returned: '部分退货', refunded: '已退款', active: '在售', draft: '草稿', archived: '已归档', hidden: '已下架', out_of_stock: '缺货',
    enabled: '可登录', imported: '已导入', undone: '已撤销', invited: '已邀请', disabled: '已停用', open: '进行中', closed: '已结束', handed_over: '已转人工', resolved: '已解决', ordered: '已成交', ok: '成功', refused: '被拒', error: '出错', granted: '已同意', withdrawn: '已撤回', revoked: '已吊销', requested: '已申请', received: '已收到', done: '完成', skipped: '已跳过', forgotten: '已遗忘',
  },
  effect: { read: '只读', propose: '提议', act: '执行', read_help: '不改变任何东西。', propose_help: '只写入提议，有人批准后才会发生。', act_help: '会改变店铺或外部世界。' },
  chain: {
    title: '全链路', lead: '从产品构想到忠实客户，十一个模块、三十个场景。引擎能做什么，由注册表数出来，而不是许诺出来。', upstream: '上游', midstream: '中游', downstream: '下游', across: '贯穿',
    upstream_what: '做什么、卖什么、怎么送', midstream_what: '怎么讲、怎么卖', downstream_what: '怎么服务人', across_what: '值多少', ready: '{total} 个场景中 {n} 个就绪', ready_all: '场景就绪', operations: '{n} 个操作', ground: '基础操作', ground_what: '所有场景的立足之处：商品、订单、客户、任务、审计。',
    not_built: '尚未建成', not_built_more: '当前引擎没有为此场景注册任何操作。这里不会假装可用。', scenario: '场景 {n}', tools: '此场景的操作', choose: '选择一个模块，查看其场景。',
  },
  module: { design: '产品设计', selection: '选品', supply: '供应链', forecast: '预测', creative: '创意与生成', avatar: '虚拟数字人', marketing: '营销', operations: '运营', dialogue: '对话', service: '客服', customers: '客户管理', value: '价值' },
  scenario: {
    s0: '基础', s1: '灵感', s2: '建模与渲染', s3: '实验', s4: '展示', s5: '供需选品', s6: '为一位顾客选品', s7: '生产制造', s8: '仓储', s9: '物流', s10: '需求预测', s11: '文案', s12: '图片', s13: '音频', s14: '视频', s15: '虚拟货场', s16: '虚拟试用', s17: '虚拟主播', s18: '营销前', s19: '营销中', s20: '营销后', s21: '产品运营', s22: '内容运营', s23: '活动运营', s24: '用户运营', s25: '导购', s26: '在线客服', s27: '坐席辅助', s28: '外呼', s29: '公域', s30: '私域', value: '价值',
  },
  data: {
    title: '数据与导入', lead: '从文件导入商品、客户、订单和库存。在你看到会发生什么之前，什么都不会写入。', step_file: '文件', step_map: '字段对应', step_try: '试运行', step_done: '导入', drop: '把文件拖到这里，或点击选择', drop_more: 'CSV、TSV 或 JSON Lines，可为 gzip；UTF-8 或 GB18030。可识别 Shopify、WooCommerce、Olist 与 UCI Online Retail。', choose: '选择文件', uploading: '正在上传 {name}',
    recognised: '识别结果', format: '格式', encoding: '编码', lines: '行数', about: '约 {n}', kind: '内容', preset: '已知格式', column: '文件中的列', samples: '示例', field: '火种中的字段', sure: '把握', skip: '忽略此列', guessed: '推测', corrected: '已更正', missing: '还有必需的字段没有对应：{fields}', twice: '有两列对应到“{field}”，只能保留一列。',
    on_bad: '遇到不合格的行', all_or_nothing: '全部不写入', keep_good: '只写入合格的行', dry: '试运行', dry_running: '正在读取每一行，不写入', run: '导入 {n} 行', run_any: '导入', running: '正在导入', read: '已读', accepted: '接受', refused: '拒绝', unchanged: '无变化', would: '这是将会发生的结果，目前什么都没有写入。', done: '导入完成。', took: '用时 {time}', again: '再导入一个文件', refused_lines: '被拒绝的行', line: '行号', reason: '原因', text: '原文', back: '修改字段对应',
    history: '导入记录', file: '文件', when: '时间', who: '操作人', undo: '撤销', undo_ask: '撤销“{name}”的导入？它带来的内容会被移除，已被其他数据引用的部分除外。', undone: '已撤销导入', kind_products: '商品', kind_orders: '订单', kind_customers: '客户', kind_stock: '库存', kind_events: '事件', kind_reviews: '评价', kind_order_items: '订单明细', kind_order_payments: '付款', kind_category_names: '类目名称', skipped: '按规则跳过', not_written: '因有不合格的行，未写入任何内容。',
  },
  catalogue: { title: '商品', find: '标题、品牌、SKU 或任意词', product: '商品', brand: '品牌', category: '类目', price: '价格', stock: '库存', status: '状态', categories: '类目', variants: '规格', attributes: '属性', media: '图片与媒体', prices: '价格', stock_by_place: '各地库存', place: '地点', on_hand: '现有', reserved: '已占用', free: '可用', sku: 'SKU', options: '选项', description: '描述', list: '价目表', from: '开始', until: '结束', in_language: '中文', in_other: '英文', amount: '金额', low: '偏低', set_price: '改价', new_price: '新价格（{currency}）', was: '现价 {price}', why: '原因（记入价格历史）', price_set: '{sku}：{price}', not_a_price: '请输入金额，如 129.00。', compare_at: '划线价' },
  orders: { title: '订单', find: '订单号', order: '订单', customer: '客户', placed: '下单时间', total: '总额', lines: '明细', channel: '渠道', quantity: '数量', unit_price: '单价', line_total: '小计', history: '进程', payments: '付款', returns: '退货', ship_to: '收货信息', subtotal: '商品金额', discount: '优惠', shipping: '运费', tax: '税费', item: '商品', method: '方式', amount: '金额', mark_paid: '标记为已付款', mark_shipped: '发货', mark_delivered: '标记为已送达', cancel: '取消订单', tracking: '物流公司与单号，如 顺丰 1234567890', ask_paid: '登记 {id} 的货款已到账。', ask_shipped: '{id} 已发出。买家会看到物流公司与单号。', ask_delivered: '登记 {id} 已送达。', ask_cancel: '取消 {id}，商品退回库存。此操作无法撤回。', cancel_why: '原因', moved: '{id}：{state}' },
  customers: { title: '客户', find: '邮箱', customer: '客户', orders: '订单数', spent: '累计消费', last_order: '最近下单', first_seen: '成为客户', segment: '分群', city: '城市', consents: '授权', purpose: '用途', identities: '身份标识', contact: '联系方式', email: '邮箱', phone: '电话', privacy: '隐私', export: '导出个人数据', export_more: '此人的全部留存数据，一个 JSON 文件。', forget: '遗忘此人', forget_more: '永久删除个人字段。订单只作为无名数字保留。', forget_ask: '此操作无法撤销。请输入姓名或编号以确认：{name}', forgotten: '个人数据已删除', exported: '个人数据已导出', addresses: '地址', recent: '此客户的订单', value: '价值' },
  conversations: { title: '对话', find: '说过的话、客户', channel: '渠道', customer: '客户', turns: '轮次', started: '开始', last: '最后发言', outcome: '结果', shopper: '顾客', guide: '导购', agent: '坐席', system: '系统', tool: '工具', pick: '选择一段对话来阅读。', anonymous: '访客', verified: '事实已核对', kind: '类型', in_time: '用时 {time}' },
  operations: { title: '操作', lead: '引擎能做的一切。每个操作只声明一次；下面的表单、命令和工具都出自同一份声明。', find: '名称、说明、场景', count: '{n} 个操作', run: '执行', dry: '试运行', dry_help: '完整运行，但不保留任何结果。', as_job: '作为任务', long: '长任务', permission: '权限', scenario: '场景', reasons: '可能的失败原因', form: '表单', body: 'JSON', answer: '返回', no_answer: '结果会显示在这里。', took: '用时 {time}', dry_done: '试运行：没有保留任何结果。', started: '已作为任务 {id} 启动', inputs: '请求', outputs: '返回', no_inputs: '此操作不需要参数。', bad_json: '不是合法的 JSON：{why}', act_ask: '此操作会改变店铺。现在执行？', not_here: '当前引擎没有操作 {op}。', try_it: '在控制台执行', as_en: '英文', as_zh: '中文', snippet: '从别处调用', reset: '重置', field: '字段', type: '类型', meaning: '含义', required: '必填', bad_fields: '请更正 {n} 个字段。' },
  form: { add: '添加', remove: '移除', up: '上移', range: '{min} 至 {max}', at_least: '不小于 {min}', at_most: '不大于 {max}', characters: '最多 {max} 个字符', by_default: '不填则为：{value}', set: '填写这部分', clear: '不填', item: '第 {n} 项', any_json: '任意 JSON 值', choose: '请选择', secret: '保密：不记录，也不再显示' },
  jobs: { title: '任务', job: '任务', operation: '操作', progress: '进度', started: '开始', took: '用时', by: '发起人', log: '日志', cancel: '取消', cancel_ask: '停止此任务？已写入的内容按其操作的声明保留或撤回。', cancelled: '已请求停止', no_log: '还没有日志。', live: '实时', result: '结果', pick: '选择一个任务查看日志。', waiting: '等待中' },
  ledger: { title: '价值账本', lead: '按场景记录衡量过的价值。每一笔都写明衡量方法，愿望不入账。', money: '金额', hours: '工时', scenario: '场景', method: '方法', amount: '金额', interval: '区间', when: '时间', what: '内容', entries: '明细', by_scenario: '按场景', kind: '类型', total: '已衡量价值', decision: '决定', count: '笔数', nothing: '还没有衡量过的价值。已执行的决定经过衡量后，其价值与方法会出现在这里。' },
  method: { control_group: '对照组', backtest: '回测', time_study: '工时研究', experiment: '实验', before_after: '前后对比', simulation: '模拟' },
  kind: { money: '金额', hours: '工时', experience: '体验', traffic: '流量', efficiency: '降本增效', roles: '岗位', cost: '成本', quality: '质量' },
  audit: { title: '审计', find: '操作，如 orders.place', who: '谁', what: '做了什么', when: '何时', effect: '影响', outcome: '结果', via: '途径', target: '对象', request: '请求', took: '用时' },
  settings: {
    title: '设置', shop: '店铺', model: '语言模型', keys: 'API 密钥', users: '成员', privacy: '隐私', appearance: '外观', model_lead: '火种没有模型也能工作。接入兼容 OpenAI 的端点后，导购的表达更自然；每个事实在发出前仍会与商品库核对。', new_key: '新建密钥', key_name: '名称', scopes: '权限范围', prefix: '开头', last_used: '最近使用', created: '创建', revoke: '吊销', revoke_ask: '吊销密钥“{name}”？使用它的程序会立即停止。', key_once: '密钥只显示这一次，请立即复制。', invite: '添加', invite_person: '添加成员', role: '角色', email: '邮箱', name: '姓名', last_seen: '最近登录', never: '从未', disable: '停用', enable: '启用', invited: '已添加', first_password: '初始密码', first_password_more: '至少 10 个字符。请当面告知，登录后由本人修改。', key_rate: '每分钟调用', set: '已设置',
    privacy_lead: '个人字段加密存储。在客户页面可以导出或遗忘任何人，对顾客资料的每次修改与遗忘都记入审计。', update_needed: '修改需要操作 settings.update。', nothing: '引擎没有提供这一组设置。', currency: '币种', time_zone: '时区', locale: '语言', id: '编号', your_role: '你的角色', permissions: '你的权限',
  },
  role: { owner: '所有者', operator: '运营', analyst: '分析', agent: '顾客的代理', agent_of_shopper: '顾客的代理' },
  sign_in: { title: '登录', email: '邮箱', password: '密码', submit: '登录', set_up: '设置引擎', set_up_lead: '你是第一位来到这里的人。请创建所有者账户，此链接仅可使用一次。', name: '你的姓名', repeat: '再次输入密码', create: '创建并进入', no_token: '请打开引擎启动时打印的一次性链接，它以 #token 结尾。', differ: '两次输入的密码不一致。', short: '至少 12 个字符。', needed: '第一次使用？请打开引擎启动时打印的一次性链接。', nobody: '此引擎还没有所有者。请打开它启动时打印的一次性链接，以 #token 结尾。', quote: '从最初的构想，到忠实的客户，都在你自己的机器上。', point1: '一个引擎，十一个模块，三十个场景', point2: '每个提议都有证据和预期价值', point3: '数据始终在你手里' },
  choice: oneSide(choiceWords, 1),
  field: {
    ...oneSide(fieldWords, 1),
    test_payment: '测试支付', operation: '操作', compare_at_minor: '划线价（最小单位）', language_model_prompt_price_minor_per_million: '每百万输入词元价格（最小单位）', language_model_answer_price_minor_per_million: '每百万输出词元价格（最小单位）', order_lines: '订单明细', categories: '类目',
    country: '国家', region: '省/州', tracking: '物流单号', promised_day: '承诺送达', phone_marketing: '电话', language_model_url: '接口地址', language_model_name: '模型', language_model_key: '接口密钥', language_model_budget_minor_per_day: '每日预算（最小单位）', retention_days_events: '事件保留（天）', shipping_fee_minor: '运费（最小单位）', free_shipping_from_minor: '满额免运费（最小单位）', policy_shipping_en: '配送政策（英文）', policy_shipping_zh: '配送政策（中文）', policy_returns_en: '退换政策（英文）', policy_returns_zh: '退换政策（中文）', policy_warranty_en: '保修说明（英文）', policy_warranty_zh: '保修说明（中文）', policy_invoice_en: '发票说明（英文）', policy_invoice_zh: '发票说明（中文）',
    query: '检索词', page_size: '每页条数', page_token: '翻页令牌', product_id: '商品', product_ids: '商品', customer_id: '客户', order_id: '订单', category_id: '类目', decision_id: '决定', conversation_id: '对话', job_id: '任务', file_id: '文件', import_id: '导入', user_id: '成员', key_id: '密钥', shop_id: '店铺', variant_id: '规格', place_id: '地点', supplier_id: '供应商', status: '状态', state: '状态', note: '备注', name: '名称', email: '邮箱', password: '密码', token: '令牌', role: '角色', scopes: '权限范围', currency: '币种', quantity: '数量', lines: '明细', sku: 'SKU', price_minor: '价格（最小单位）', from_day: '起始日', to_day: '截止日', days: '天数', horizon_days: '预测天数', locale: '语言', message: '消息', text: '文本', title: '标题', title_en: '英文标题', title_zh: '中文标题', brand: '品牌', limit: '上限', seed: '随机种子', mapping: '字段对应', kind: '类型', filters: '筛选', sort: '排序', channel: '渠道', address: '地址', city: '城市', phone: '电话', budget_minor: '预算（最小单位）', level: '水平', levels: '水平', method: '方法', reason: '原因', field: '字段', value: '值', column: '列', price_from_minor: '最低价（最小单位）', price_to_minor: '最高价（最小单位）',
    model_url: '端点地址', model_name: '模型名', model_key: '端点密钥', model_timeout_ms: '最长等待（毫秒）', model_budget_minor: '每日预算（最小单位）', shop_name: '店铺名称', low_stock_level: '低库存线', privacy_retention_days: '个人事件保留（天）', privacy_mask_contacts: '联系方式脱敏', ship_to: '收货地址', line: '街道', postcode: '邮编', amount: '金额', at: '时间', reference: '参考号', created_at: '创建时间', updated_at: '更新时间', rating: '评分', reviews: '评价数', price: '价格', stock: '库存', total: '总额', id: '编号', unit: '单位', attributes: '属性', description: '描述', service_level: '现货满足率', payments: '付款', returns: '退货', rows: '结果', verdict: '结论', lifetime_value: '终身价值', churn_probability: '流失概率', accepted: '接受', refused: '拒绝', products: '商品', orders: '订单', customers: '客户', next_page_token: '下一页令牌', picture_url: '图片', gmv: '成交额', series: '序列', facets: '分面', conversion: '转化率', placed_at: '下单时间', customer_name: '客户', total_minor: '总额', currency_code: '币种', product: '商品', order: '订单', on_refused: '遇到不合格的行', idempotency_key: '幂等键',
  },
  segment: { loyal: '忠实', new: '新客', at_risk: '流失风险', occasional: '偶尔购买', gift_buyer: '送礼' },
  purpose: { marketing: '营销信息', email_marketing: '邮件营销', sms_marketing: '短信营销', phone_marketing: '电话营销', memory: '对话记忆', personalisation: '个性化推荐', outbound_calls: '外呼', analytics: '统计分析', profiling: '画像', email: '邮件', sms: '短信', try_on_pictures: '试用图片' },
  channel: { storefront: '商城', guide: '导购', wechat: '微信', agent: '代理', email: '邮件', phone: '电话', sms: '短信', web: '网页', app: '应用', import: '导入', console: '控制台', http: 'HTTP', mcp: 'MCP', cli: '命令行' },
  list: { regular: '常规', campaign: '活动', member: '会员', wholesale: '批发' },
  pay: { alipay: '支付宝', wechat_pay: '微信支付', card: '银行卡', cash: '现金', manual: '人工', on_delivery: '货到付款' },
  reason: {
    ...oneSide(reasonWords, 1),
    invalid_request: '有些字段需要再看一下。', malformed_json: '请求不是合法的 JSON。', not_utf8: '文本不是 UTF-8。', duplicate_key: '有字段出现了两次。', body_too_large: '内容超过引擎的上限。', unknown_operation: '引擎没有此操作。', not_signed_in: '请先登录。', not_permitted: '你的角色不允许这样做。', rate_limited: '请求过多，请稍候。', idempotency_key_reused: '此键已用于另一个请求。', idempotency_in_progress: '相同的请求正在处理。', shop_not_found: '没有这个店铺。', store_unavailable: '存储无法连接。', store_busy: '存储繁忙，请重试。', disk_full: '磁盘已满。请腾出空间后重试。', shutting_down: '引擎正在关闭。', deadline_exceeded: '用时过长。', cancelled: '已取消。', internal: '引擎内部出错。', amount_overflow: '金额过大。', malformed_page_token: '列表已变化，请重新加载。', cross_site_request: '请求来自其他站点，已拒绝。',
    not_reachable: '无法连接引擎。它在运行吗？', unexpected_answer: '引擎返回了意外的内容。', required: '必填。', wrong_type: '值的类型不对。', unknown_field: '没有这个字段。', unknown_value: '不在可选项之中。', too_many: '太多了。', control_character: '含有无法显示的字符。', set_up_needed: '此引擎还没有所有者。', no_file: '请选择文件。', out_of_range: '超出允许的范围。', too_long: '太长。', too_short: '太短。', not_one_of: '不在可选项之中。', wrong_password: '邮箱与密码不匹配。', token_expired: '链接已过期。重新启动引擎可获得新链接。', token_used: '链接已被使用。', not_found: '不存在。', conflict: '内容已被他人修改。', malformed_date: '不是日期。', malformed_amount: '不是金额。', date_does_not_exist: '此日期不存在。', negative_price: '价格不能为负。', ragged_line: '此行的列数与表头不同。', duplicate: '重复出现。', missing_value: '必需的值为空。',
  },
}
