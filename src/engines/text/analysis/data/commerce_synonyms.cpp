// Everyday goods, colours, materials and properties, Chinese and English: one group a line, both ways. Written for Kindling.
// Only what a shopper would accept for the other: 跑鞋 is no synonym of 鞋. British and American words stand side by side.
#include "engines/text/analysis/data/tables.h"

namespace kindling::text::data {

constexpr std::string_view text = R"(# colours
红色, red, 红
大红, 正红, bright red
酒红, 酒红色, burgundy, wine red, maroon
粉色, 粉红, 粉红色, pink
橙色, 橘色, 橘红, orange
黄色, yellow
姜黄, 姜黄色, mustard, mustard yellow
绿色, green
军绿, 军绿色, army green, olive green, olive
薄荷绿, mint green, mint
蓝色, blue
天蓝, 天蓝色, 浅蓝, sky blue, light blue
藏青, 藏青色, 藏蓝, 深蓝, navy, navy blue
青色, cyan, teal
紫色, purple, violet
淡紫, 薰衣草紫, lavender, lilac
黑色, black
白色, white
米白, 米白色, 乳白, off white, ivory, cream
灰色, grey, gray
深灰, 深灰色, charcoal, dark grey, dark gray
棕色, 咖啡色, 褐色, brown
卡其, 卡其色, khaki
驼色, camel
米色, 杏色, beige
金色, gold, golden
银色, silver
玫瑰金, rose gold
透明, transparent, clear
彩色, 多色, multicolor, multicolour, colorful, colourful
# materials
棉, 纯棉, 全棉, cotton, 100% cotton
有机棉, organic cotton
亚麻, 麻布, linen
羊毛, wool
羊绒, 山羊绒, cashmere
真丝, 蚕丝, 桑蚕丝, silk
涤纶, 聚酯纤维, polyester
尼龙, 锦纶, nylon
氨纶, spandex, elastane, lycra
牛仔布, denim
灯芯绒, corduroy
天鹅绒, 丝绒, velvet
摇粒绒, 抓绒, fleece
法兰绒, flannel
羽绒, down, goose down
真皮, 头层牛皮, genuine leather, real leather
皮革, 牛皮, leather
人造革, pu皮, faux leather, vegan leather
麂皮, 绒面革, suede
帆布, canvas
不锈钢, stainless steel
铝合金, aluminum alloy, aluminium alloy
铝, aluminum, aluminium
铸铁, cast iron
钛, 钛合金, titanium
纯银, 925银, sterling silver
玻璃, glass
陶瓷, ceramic
骨瓷, bone china
硅胶, silicone
塑料, plastic
木质, 木制, wooden, wood
实木, solid wood
竹子, 竹制, bamboo
橡木, oak
胡桃木, walnut wood
藤编, rattan, wicker
大理石, marble
乳胶, latex
记忆棉, 记忆海绵, memory foam
碳纤维, carbon fiber, carbon fibre
水晶, crystal
珍珠, pearl
翡翠, 玉, jade
# women's and men's wear
连衣裙, dress
半身裙, 半裙, skirt
衬衫, 衬衣, shirt
女式衬衫, blouse
T恤, t-shirt, tee, tshirt
卫衣, sweatshirt
连帽衫, 连帽卫衣, 帽衫, hoodie
毛衣, 针织衫, sweater, jumper, pullover
开衫, cardigan
马甲, 背心, vest, waistcoat
吊带, 吊带衫, camisole, cami, tank top
外套, jacket, outerwear
夹克, jacket
大衣, coat, overcoat
风衣, trench coat
羽绒服, down jacket, puffer jacket, down coat
冲锋衣, hardshell jacket, shell jacket, rain shell
雨衣, raincoat, rain jacket
西装, 西服, suit
西装外套, blazer
裤子, 长裤, trousers, pants
牛仔裤, jeans, denim pants
打底裤, 紧身裤, leggings
瑜伽裤, yoga pants, yoga leggings
运动裤, 卫裤, sweatpants, joggers, track pants
短裤, shorts
阔腿裤, wide leg pants, wide leg trousers
工装裤, cargo pants
内衣, underwear
文胸, 胸罩, bra
内裤, underpants, panties, briefs
睡衣, 家居服, pajamas, pyjamas, sleepwear
睡袍, 浴袍, bathrobe, robe
袜子, socks
丝袜, 连裤袜, tights, pantyhose, stockings
泳衣, 泳装, swimsuit, bathing suit, swimwear
比基尼, bikini
泳裤, swim trunks, swimming trunks
汉服, hanfu
旗袍, cheongsam, qipao
婚纱, wedding dress, bridal gown
校服, school uniform
围巾, scarf
披肩, shawl
手套, gloves
耳罩, 护耳, earmuffs, ear muffs
连指手套, mittens
帽子, hat
棒球帽, 鸭舌帽, baseball cap, cap
毛线帽, 针织帽, beanie
渔夫帽, bucket hat
皮带, 腰带, belt
领带, tie, necktie
领结, bow tie
# shoes, bags, jewellery
鞋, 鞋子, shoes, footwear
运动鞋, 球鞋, sneakers, trainers, sports shoes
跑鞋, 跑步鞋, running shoes
篮球鞋, basketball shoes
帆布鞋, canvas shoes
高跟鞋, high heels, heels, pumps
平底鞋, flats, flat shoes
乐福鞋, loafers
凉鞋, sandals
拖鞋, slippers
人字拖, flip flops
靴子, boots
雪地靴, snow boots
马丁靴, combat boots
雨靴, 雨鞋, rain boots, wellies
登山鞋, 徒步鞋, hiking boots, hiking shoes
童鞋, kids shoes, children's shoes
鞋垫, insoles
包包, 手提包, handbag, purse
双肩包, 背包, 书包, backpack, rucksack
单肩包, shoulder bag
斜挎包, crossbody bag, messenger bag
托特包, tote, tote bag
钱包, wallet
腰包, 胸包, fanny pack, waist bag, bum bag
公文包, briefcase
行李箱, 拉杆箱, 旅行箱, suitcase, luggage
电脑包, laptop bag
卡包, card holder
项链, necklace
戒指, ring
耳环, 耳钉, 耳坠, earrings
手链, 手镯, bracelet, bangle
手表, 腕表, watch, wristwatch
太阳镜, 墨镜, sunglasses
眼镜, glasses, eyeglasses
发夹, 发卡, hair clip
发带, 发箍, headband
# phones, computers, electronics
手机, mobile phone, cell phone, smartphone, cellphone
手机壳, 手机套, phone case, phone cover
钢化膜, 手机膜, 屏幕保护膜, screen protector
充电器, 充电头, charger
无线充电器, wireless charger
充电宝, 移动电源, power bank, portable charger
数据线, 充电线, charging cable, usb cable
耳机, headphones, earphones, headset
头戴式耳机, 头戴耳机, over ear headphones, on ear headphones
入耳式耳机, 耳塞式耳机, earbuds, in ear headphones
蓝牙耳机, bluetooth headphones, wireless headphones, wireless earbuds, bluetooth earphones
降噪, 主动降噪, noise cancelling, noise canceling, anc
音箱, 音响, speaker, speakers
蓝牙音箱, 蓝牙音响, bluetooth speaker
麦克风, 话筒, microphone, mic
电脑, computer, pc
笔记本电脑, 笔记本, laptop, notebook computer
台式机, 台式电脑, desktop computer
平板电脑, 平板, tablet
显示器, monitor
键盘, keyboard
机械键盘, mechanical keyboard
鼠标, mouse
鼠标垫, mouse pad
摄像头, webcam, web camera
打印机, printer
路由器, router, wifi router
固态硬盘, ssd, solid state drive
移动硬盘, external hard drive, portable hard drive
U盘, 优盘, usb flash drive, usb stick, thumb drive
内存卡, 存储卡, memory card, sd card
显卡, graphics card, gpu
相机, 照相机, camera
微单, 无反相机, mirrorless camera
单反, 单反相机, dslr
镜头, lens
三脚架, tripod
自拍杆, selfie stick
无人机, 航拍机, drone, quadcopter
电视, 电视机, tv, television
投影仪, projector
智能手表, smartwatch, smart watch
手环, 运动手环, 智能手环, fitness tracker, fitness band
游戏机, game console
手柄, 游戏手柄, gamepad, game controller
电子书阅读器, 电纸书, e-reader, ereader
插座, 插线板, 排插, power strip, extension cord
转换器, 转换头, 转接头, adapter, adaptor
电池, battery
支架, 手机支架, phone holder, phone stand
# home appliances and kitchen
冰箱, refrigerator, fridge
洗衣机, washing machine, washer
烘干机, 干衣机, dryer, tumble dryer
空调, air conditioner, aircon
风扇, 电风扇, fan, electric fan
取暖器, 电暖器, heater, space heater
加湿器, humidifier
除湿机, dehumidifier
空气净化器, air purifier
吸尘器, vacuum cleaner, vacuum, hoover
扫地机器人, 扫地机, robot vacuum, robotic vacuum
吹风机, 电吹风, hair dryer, hairdryer, blow dryer
熨斗, 电熨斗, iron
挂烫机, garment steamer
电饭煲, 电饭锅, rice cooker
微波炉, microwave, microwave oven
烤箱, oven
空气炸锅, air fryer
电磁炉, induction cooker, induction hob
洗碗机, dishwasher
咖啡机, coffee machine, coffee maker
榨汁机, 原汁机, juicer
搅拌机, 破壁机, 料理机, blender, food processor
烤面包机, 多士炉, toaster
热水壶, 电热水壶, 烧水壶, kettle, electric kettle
净水器, 滤水器, water purifier, water filter
炒锅, 炒菜锅, wok
平底锅, 煎锅, frying pan, skillet
汤锅, stockpot, soup pot
高压锅, 压力锅, pressure cooker
菜刀, 厨刀, kitchen knife, chef's knife
砧板, 切菜板, 菜板, cutting board, chopping board
筷子, chopsticks
勺子, 汤匙, spoon
叉子, fork
碗, bowl
盘子, 碟子, plate
餐具, tableware, cutlery
杯子, cup
马克杯, mug
保温杯, 保温壶, thermos, vacuum flask, insulated bottle
水杯, 水壶, water bottle
茶壶, teapot
酒杯, 红酒杯, wine glass
饭盒, 便当盒, lunch box, bento box
保鲜盒, food container, food storage container
保鲜膜, cling film, plastic wrap
开瓶器, bottle opener, corkscrew
围裙, apron
# furniture, bedding, home
沙发, sofa, couch
桌子, table
书桌, 办公桌, 写字桌, desk, writing desk
餐桌, dining table
茶几, coffee table
床头柜, nightstand, bedside table
椅子, chair
办公椅, 电脑椅, office chair, desk chair
电竞椅, gaming chair
凳子, stool
床, bed
床垫, mattress
床单, bed sheet, bedsheet
被套, duvet cover, quilt cover
被子, 棉被, quilt, duvet, comforter
枕头, pillow
枕套, pillowcase
毯子, 毛毯, blanket
抱枕, 靠垫, cushion, throw pillow
窗帘, curtain, curtains
地毯, carpet, rug
地垫, 脚垫, doormat, floor mat
衣柜, wardrobe, closet
书架, 书柜, bookshelf, bookcase
鞋柜, 鞋架, shoe rack, shoe cabinet
收纳盒, 收纳箱, storage box, storage bin
衣架, clothes hanger, hanger
镜子, mirror
台灯, desk lamp, table lamp
落地灯, floor lamp
吊灯, chandelier, pendant light
灯泡, light bulb, bulb
小夜灯, night light
花瓶, vase
相框, photo frame, picture frame
挂钟, 时钟, wall clock, clock
蜡烛, candle
香薰, 香氛, aroma diffuser, fragrance diffuser
毛巾, towel
浴巾, bath towel
浴帘, shower curtain
花洒, 淋浴喷头, shower head
马桶, toilet
垃圾桶, trash can, dustbin, garbage can
垃圾袋, trash bags, bin bags
拖把, mop
扫把, 扫帚, broom
雨伞, umbrella
锁, lock
梯子, ladder
螺丝刀, screwdriver
电钻, electric drill, power drill
锤子, hammer
工具箱, toolbox, tool kit
# beauty and care
口红, 唇膏, lipstick
润唇膏, lip balm
粉底液, 粉底, foundation
气垫, 气垫bb, cushion foundation
眼影, eyeshadow, eye shadow
睫毛膏, mascara
眼线笔, eyeliner
眉笔, eyebrow pencil
腮红, blush
卸妆水, 卸妆油, makeup remover, cleansing oil
洗面奶, 洁面乳, facial cleanser, face wash
爽肤水, 化妆水, toner
精华, 精华液, serum, essence
面霜, face cream, moisturizer, moisturiser
眼霜, eye cream
面膜, face mask, facial mask, sheet mask
防晒霜, 防晒, 防晒乳, sunscreen, sunblock
身体乳, body lotion
护手霜, hand cream
香水, perfume, fragrance
指甲油, nail polish
洗发水, shampoo
护发素, conditioner, hair conditioner
沐浴露, 沐浴乳, body wash, shower gel
香皂, 肥皂, soap
洗手液, hand soap, hand wash
牙刷, toothbrush
电动牙刷, electric toothbrush
牙膏, toothpaste
漱口水, mouthwash
剃须刀, 刮胡刀, razor, shaver
纸巾, 抽纸, 面巾纸, tissues, facial tissue
卫生纸, 卷纸, toilet paper
湿巾, wet wipes
卫生巾, sanitary pads
口罩, face mask, mask
洗衣液, laundry detergent
洗洁精, dish soap, dishwashing liquid
# food and drink
咖啡, coffee
咖啡豆, coffee beans
茶叶, 茶, tea
绿茶, green tea
红茶, black tea
乌龙茶, oolong tea
牛奶, milk
酸奶, yogurt, yoghurt
果汁, juice, fruit juice
矿泉水, mineral water
啤酒, beer
红酒, 葡萄酒, wine, red wine
白酒, baijiu
零食, snacks
巧克力, chocolate
饼干, 曲奇, biscuits, cookies
薯片, potato chips, crisps
糖果, candy, sweets
坚果, nuts
面包, bread
蛋糕, cake
方便面, 泡面, instant noodles
大米, rice
面条, noodles
食用油, cooking oil
橄榄油, olive oil
酱油, soy sauce
蜂蜜, honey
鸡蛋, eggs
牛肉, beef
猪肉, pork
鸡肉, chicken
海鲜, seafood
虾, shrimp, prawns
水果, fruit
苹果, apple
香蕉, banana
草莓, strawberry
无糖, sugar free, sugarless
# children, pets, sport, outdoor, office, car
尿不湿, 纸尿裤, 尿片, diapers, nappies
奶粉, milk powder, infant formula
奶瓶, baby bottle, feeding bottle
宠物碗, 食盆, 狗碗, 猫碗, pet bowl, dog bowl, cat bowl, food bowl
婴儿车, 婴儿推车, 手推车, 童车, stroller, pram, pushchair, baby carriage
儿童安全座椅, 安全座椅, car seat, child car seat
玩具, toy, toys
积木, building blocks
拼图, puzzle, jigsaw puzzle
毛绒玩具, 公仔, 玩偶, plush toy, stuffed animal, soft toy
洋娃娃, 娃娃, doll
遥控车, 遥控汽车, 遥控赛车, rc car, remote control car
桌游, 棋盘游戏, board game
恐龙, dinosaur
火车, train
机器人, robot
公主, princess
超级英雄, superhero
手办, action figure, figurine
娃娃屋, dollhouse, doll house
过家家, 角色扮演, pretend play, role play
扑克牌, playing cards
卡牌游戏, card game
国际象棋, chess
骰子, dice
魔方, speed cube, magic cube
魔术, magic trick
橡皮泥, 彩泥, play dough, modeling clay
史莱姆, slime
贴纸, sticker
气球, balloon
风筝, kite
水枪, water gun, water blaster
陀螺, spinning top
科学实验, science kit, science experiment
显微镜, microscope
猫粮, cat food
狗粮, dog food
猫砂, cat litter
猫砂盆, litter box, litter tray
猫爬架, cat tree, cat tower
逗猫棒, cat teaser, cat wand
狗牌, dog tag, pet tag
狗项圈, 狗颈圈, dog collar
猫项圈, cat collar
宠物航空箱, pet carrier, cat carrier
狗笼, dog crate
狗碗, 猫碗, 宠物碗, pet bowl, dog bowl, cat bowl
仓鼠笼, hamster cage
鸟笼, bird cage
鱼缸, fish tank, aquarium
猫抓板, cat scratcher, scratching post
牵引绳, 狗绳, dog leash, leash
宠物窝, 狗窝, 猫窝, pet bed
自行车, 单车, bicycle, bike
电动车, 电瓶车, electric scooter, e-bike
滑板, skateboard
头盔, helmet
瑜伽垫, yoga mat
哑铃, dumbbell, dumbbells
跑步机, treadmill
跳绳, jump rope, skipping rope
篮球, basketball
足球, football, soccer ball
羽毛球拍, badminton racket
网球拍, tennis racket
乒乓球拍, table tennis paddle, ping pong paddle
泳镜, swimming goggles, swim goggles
帐篷, tent
睡袋, sleeping bag
露营, camping
登山杖, trekking poles, hiking poles
手电筒, flashlight, torch
望远镜, binoculars
鱼竿, 钓鱼竿, fishing rod
吉他, guitar
钢琴, piano
尤克里里, ukulele
小提琴, violin
琴弦, 吉他弦, guitar strings
拨片, guitar pick, plectrum
吉他背带, guitar strap
变调夹, capo
电吉他, electric guitar
木吉他, 原声吉他, 民谣吉他, acoustic guitar
贝斯, bass guitar
大提琴, cello
长笛, flute
竖笛, recorder
小号, trumpet
萨克斯, saxophone, sax
单簧管, clarinet
手风琴, accordion
口琴, harmonica
卡林巴琴, 拇指琴, kalimba, thumb piano
电子琴, electronic keyboard, keyboard piano
合成器, synthesizer
架子鼓, 爵士鼓, drum kit, drum set
打鼓, 鼓, drum
鼓棒, 鼓槌, drumstick
乐器, musical instrument, musical instruments
调音器, 校音器, tuner
调音, tuning, tuner
节拍器, metronome
松香, rosin
谱架, 乐谱架, 谱台, music stand
乐谱, sheet music
效果器, effects pedal, guitar pedal
调音台, audio mixer
声卡, 音频接口, audio interface, sound card
小说, novel
悬疑小说, 推理小说, mystery, mystery novel
科幻小说, science fiction
言情小说, 爱情小说, 浪漫小说, romance novel, romance
漫画, comic, manga
绘本, picture book
书, 图书, book
笔记本子, 记事本, notebook
钢笔, fountain pen
圆珠笔, ballpoint pen
铅笔, pencil
橡皮, eraser
订书机, stapler
胶带, tape, adhesive tape
计算器, calculator
行车记录仪, dash cam, dashcam
车载充电器, 车充, car charger
轮胎, tyre, tire
雨刮器, 雨刷, windshield wipers, wiper blades
贺卡, greeting card
礼物, 礼品, gift, present
鲜花, flowers, fresh flowers
盆栽, 绿植, potted plant, house plant
# toys and games
弹珠, marbles
模型, model
恐龙模型, 恐龙玩具, dinosaur figure, dinosaur figures, dinosaur toy
动物模型, animal figure, animal figures
摆件, 装饰品, decor, decoration
手工材料包, 手工玩具, craft kit, crafts
磁力片, 磁力积木, 磁铁积木, 磁性积木, magnetic tiles, magnetic blocks, magnetic building blocks
拼装玩具, 拼装模型, building kit, building set
忙碌板, busy board
早教玩具, 启蒙玩具, learning toy, educational toy
感官玩具, sensory toy, sensory toys
解压玩具, 减压玩具, fidget toy, fidget toys, stress relief toy
指尖陀螺, fidget spinner
玩具车, 小汽车玩具, toy car
合金车, 合金车模, die cast, diecast
怪兽卡车, monster truck
挖掘机, 挖土机, excavator
推土机, bulldozer
拖拉机, tractor
消防车, fire truck
警车, police car
卡车, 货车, truck
摩托车, motorcycle
小火车, 火车玩具, 玩具火车, toy train, train set
遥控飞机, rc airplane, rc plane
直升机, helicopter
遥控船, rc boat
滑板车, scooter, kick scooter
扭扭车, swing car, wiggle car
平衡车, 滑步车, balance bike
三轮车, tricycle, trike
骑乘玩具, 电动童车, ride on toy, ride on
摇摇马, 摇摆木马, 木马, rocking horse
秋千, swing, swing set
滑梯, slide
蹦床, trampoline
游戏帐篷, 玩具帐篷, play tent
沙滩玩具, 玩沙玩具, sand toys, beach toys
戏水玩具, 玩水, 水上玩具, 洗澡玩具, water toy, water toys, bath toys
充气泳池, 游泳池, 戏水池, swimming pool, inflatable pool, kiddie pool
泳圈, 游泳圈, pool float, swim ring
水气球, water balloon, water balloons
泡泡机, 吹泡泡, 泡泡水, bubble machine, bubbles
软弹枪, 玩具枪, toy gun, foam blaster, nerf
软弹, 泡沫子弹, foam darts, foam dart
飞镖, dart, darts
飞盘, frisbee, flying disc
悠悠球, 溜溜球, yo-yo, yoyo
弹珠轨道, 滚珠轨道, marble run
多米诺骨牌, dominoes
麻将, mahjong
双陆棋, backgammon
跳棋, checkers
五子棋, gomoku
围棋, go game
桌面足球, 桌上足球, foosball
台球, billiards, pool table
角色扮演服, 变装服, 道具服, 化装服, costume, dress up
宠物服装, 宠物衣服, 狗狗服装, 狗狗衣服, 狗衣服, dog costume, pet costume
阅读灯, 夹书灯, book light, clip on book light
面具, mask
假发, wig
假胡子, fake mustache
魔法棒, 魔杖, magic wand, wand
皇冠, crown, tiara
披风, 斗篷, cape, cloak
玩具食物, 食物玩具, 切切乐, play food, toy food
玩具厨房, 厨房玩具, play kitchen, toy kitchen
医生玩具, 听诊器, doctor kit
收银机, cash register
娃娃衣服, doll clothes
娃娃家具, dollhouse furniture, doll furniture
仿真娃娃, 重生娃娃, reborn doll, reborn baby
毛绒娃娃, plush doll
手偶, 手套偶, 布偶, hand puppet, puppet
指偶, finger puppet
泰迪熊, 泰迪, teddy bear
盲盒, blind box, mystery box
扭蛋, gashapon, capsule toy
高达, gundam
变形金刚, transformers
奥特曼, ultraman
蜘蛛侠, spider man, spiderman
蝙蝠侠, batman
美国队长, captain america
钢铁侠, iron man
复仇者联盟, avengers
星球大战, 星战, star wars
哈利波特, 哈利·波特, harry potter
冰雪奇缘, 艾莎, frozen, elsa
米奇, 米老鼠, mickey mouse, mickey
小马宝莉, my little pony
汪汪队, 汪汪队立大功, paw patrol
小猪佩奇, peppa pig
芝麻街, sesame street
龙珠, 七龙珠, dragon ball
海贼王, 航海王, one piece
火影忍者, 火影, naruto
宝可梦, 口袋妖怪, 神奇宝贝, 精灵宝可梦, pokemon
游戏王, yu-gi-oh, yugioh
万智牌, magic the gathering
龙与地下城, dungeons and dragons
马里奥, 超级马里奥, mario, super mario
我的世界, minecraft
侏罗纪世界, 侏罗纪, jurassic world, jurassic
集换式卡牌, 卡牌, trading cards, trading card
补充包, booster pack, booster packs
卡套, 卡膜, 牌套, 卡牌套, 卡牌保护套, card sleeves, card sleeve
卡册, card binder
千片拼图, 1000片拼图, 1000 piece puzzle
立体拼图, 3d puzzle
涂色书, 填色书, 涂色本, coloring book
蜡笔, crayon, crayons
彩铅, 彩色铅笔, colored pencils
水彩笔, 马克笔, markers, marker
颜料, paint
画架, easel
画板, 写字板, drawing board, drawing tablet
串珠, 珠子, beads, beading
印章, stamp, stamps
折纸, origami
剪刀, scissors
黏土, 粘土, clay
彩虹圈, 弹簧圈, slinky
地球仪, globe
天文望远镜, telescope
化学实验, chemistry set, chemistry kit
字卡, 识字卡, 闪卡, 认知卡, flash cards
存钱罐, 储蓄罐, piggy bank, coin bank
音乐盒, 八音盒, music box
钥匙扣, keychain, key chain
徽章, 胸针, pin, pins, badge
# animals and shapes
马, horse
小马, pony
树懒, sloth
独角兽, unicorn
熊猫, panda
兔子, 小兔, bunny, rabbit
老虎, tiger
狮子, lion
大象, elephant
长颈鹿, giraffe
猴子, monkey
熊, bear
狐狸, fox
狼, wolf
鹿, deer
牛, 奶牛, cow
猪, 小猪, pig
羊, 绵羊, sheep, lamb
羊驼, alpaca, llama
企鹅, penguin
猫头鹰, owl
鸭子, 小鸭, duck
小鸟, 鸟, bird
鲨鱼, shark
海豚, dolphin
鲸鱼, whale
章鱼, octopus
乌龟, 海龟, turtle
青蛙, frog
蝴蝶, butterfly
蜜蜂, bee
蜘蛛, spider
蛇, snake
龙, dragon
美人鱼, mermaid
仙女, 精灵, fairy
海盗, pirate
骑士, knight
忍者, ninja
宇航员, 航天员, astronaut
太空, 宇宙, space, outer space
火箭, rocket
城堡, castle
农场, farm
彩虹, rainbow
星星, star
月亮, moon
骷髅, skull, skeleton
南瓜, pumpkin
幽灵, 鬼, ghost
僵尸, zombie
动物, animal
# parties and feasts
派对用品, 聚会用品, 生日派对用品, party supplies
生日装饰, 派对装饰, party decorations, birthday decorations
派对小礼物, 伴手礼, 回礼, party favors, party favor
横幅, 拉旗, banner
彩带, streamers
拉花, garland
彩纸, 纸屑, confetti
蛋糕插牌, 蛋糕装饰, cake topper
纸杯蛋糕插牌, cupcake topper
一次性餐具, 纸盘, paper plates
桌布, tablecloth, table cover
背景布, backdrop
派对帽, party hat
皮纳塔, pinata
礼品袋, 礼物袋, gift bag, goodie bag
邀请函, 请柬, invitation
圣诞树, christmas tree
圣诞装饰, christmas decorations
荧光棒, glow sticks, glow stick
# instruments and their parts
琴弓, 弓, bow
古典吉他, classical guitar
班卓琴, banjo
曼陀林, mandolin
中提琴, viola
低音提琴, 倍大提琴, double bass, upright bass
竖琴, harp
电钢琴, 数码钢琴, digital piano, electric piano, stage piano
手卷钢琴, roll up piano
管风琴, 风琴, organ
口风琴, melodica
陶笛, ocarina
短笛, piccolo
双簧管, oboe
巴松, 大管, bassoon
长号, trombone
圆号, 法国号, french horn
大号, tuba
短号, cornet
哨片, 簧片, reed, reeds
笛头, 吹嘴, mouthpiece
肩托, shoulder rest
腮托, chin rest, chinrest
弓毛, bow hair
琴桥, 琴码, bridge
弦钮, 弦轴, 卷弦器, tuning pegs, machine heads
指板, fingerboard, fretboard
拾音器, pickup, pickups
护板, pickguard
琴包, 吉他包, gig bag
琴盒, 吉他盒, hard case, guitar case
吉他架, 琴架, guitar stand
吉他挂钩, 墙挂, guitar hanger, wall mount
滑棒, guitar slide
军鼓, 小军鼓, snare drum
底鼓, 大鼓, bass drum
嗵鼓, 通鼓, tom
镲, 镲片, cymbal, cymbals
踩镲, hi-hat, hi hat
鼓皮, 鼓面, drumhead, drum head
鼓凳, 鼓椅, drum throne
踩锤, drum pedal, kick pedal
哑鼓垫, 练习垫, 哑鼓, practice pad
电子鼓, electronic drum, electronic drums
非洲鼓, 手鼓, djembe, hand drum
邦戈鼓, bongo, bongos
康加鼓, conga
箱鼓, 木箱鼓, cajon
铃鼓, tambourine
沙锤, 沙球, maraca, maracas, shaker
三角铁, triangle
木琴, xylophone
马林巴, marimba
钟琴, glockenspiel
牛铃, cowbell
颂钵, 铜钵, singing bowl
钢舌鼓, 空灵鼓, 忘忧鼓, tongue drum
手碟, handpan
风铃, wind chime, chimes
响板, castanets
钢琴凳, 琴凳, piano bench, keyboard bench
延音踏板, sustain pedal
键盘架, 琴键架, 电子琴架, keyboard stand
# studio and stage
打碟机, dj controller
乐器线, 吉他线, 乐器连接线, instrument cable, guitar cable
连接线, cable
话筒架, 麦克风架, 麦架, microphone stand, mic stand
悬臂支架, boom arm
电容麦, 电容麦克风, 电容话筒, condenser microphone
动圈麦, 动圈麦克风, 动圈话筒, dynamic microphone
领夹麦, 领夹麦克风, lavalier microphone
头戴麦, 头戴麦克风, headset microphone
无线麦, 无线话筒, 无线麦克风, wireless microphone
防喷罩, pop filter
防风罩, 海绵套, windscreen
防震架, shock mount
监听音箱, 监听音响, studio monitor
监听耳机, studio headphones
吸音棉, 隔音棉, acoustic foam, acoustic panels
卡拉OK, 唱K, K歌, karaoke
唱机, 黑胶唱机, 留声机, record player, turntable
黑胶唱片, 唱片, vinyl record, record
功放, 功率放大器, power amplifier
吉他音箱, 吉他放大器, guitar amplifier, guitar amp
贝斯音箱, bass amp, bass amplifier
低音炮, subwoofer
耳放, 耳机放大器, headphone amplifier
音频线, audio cable
话筒线, 麦克风线, 卡农线, xlr cable, microphone cable
音箱线, speaker cable
电源适配器, 电源, power supply, power adapter
单块, 单块效果器, effect pedal
舞台灯, 舞台灯光, stage light, stage lighting
频闪灯, strobe light
烟雾机, fog machine
激光灯, laser light
# books
惊悚小说, thriller
奇幻小说, 玄幻小说, fantasy
历史小说, historical fiction
传记, 自传, biography, memoir
诗集, 诗歌, poetry, poems
童话, fairy tale, fairy tales
菜谱, 食谱, cookbook, recipes
电子书, ebook, e-book
# for whom, what for, how
蒙氏玩具, 蒙氏教具, 蒙台梭利, montessori
轨道, track, tracks
补充装, 替换装, refill, refills
字母, alphabet, letters
数字, numbers, number
派对, 聚会, party
迎婴派对, 满月酒, baby shower
万圣节, halloween
复活节, easter
感恩节, thanksgiving
毕业, graduation
婚礼, 结婚, wedding
周年, 纪念日, anniversary
十二弦, 12弦, 12 string
六弦, 6弦, 6 string
五弦, 5弦, 5 string
四弦, 4弦, 4 string
重锤, 重锤键盘, 全配重, weighted keys, weighted, hammer action
带包, 送包, with bag, gig bag
录音, 录人声, 人声, 录歌, recording, vocal recording
录音棚, 录音室, studio
失真, distortion
混响, reverb
哇音, wah
院子, 庭院, 后院, backyard, yard
沙滩, 海滩, beach
飞机, airplane, plane
厨房, kitchen
食物, 食品, food
女士, 女式, 女款, women, women's, ladies, womens
男士, 男式, 男款, men, men's, mens
儿童, 孩子, 小孩, kids, children, children's
婴儿, 宝宝, baby, infant
幼儿, 学步儿, toddler
学龄前, 学前, preschool
孕妇, maternity, pregnant
老人, 老年人, elderly, seniors
情侣, couple, couples
宠物, pet
猫, cat
狗, dog
防水, waterproof, water resistant
防滑, non-slip, anti-slip
保暖, 加绒, warm, thermal, fleece lined
透气, breathable
无线, wireless, cordless
蓝牙, bluetooth
便携, portable
折叠, 可折叠, foldable, folding
可充电, 充电式, rechargeable
静音, silent, quiet
速干, quick dry, quick drying
轻便, 轻量, lightweight
超薄, ultra thin, slim
加厚, thick, thickened
大码, 加大码, plus size
宽松, loose, loose fit, oversized
修身, slim fit
长袖, long sleeve, long sleeved
短袖, short sleeve, short sleeved
无袖, sleeveless
高腰, high waist, high waisted
V领, v-neck
圆领, crew neck, round neck
条纹, striped, stripes
格子, plaid, checked, tartan
碎花, 印花, floral, floral print
波点, polka dot
纯色, solid color, plain
复古, vintage, retro
休闲, casual
正式, formal
运动, sport, sports, athletic
户外, outdoor, outdoors
旅行, 旅游, travel
办公, office
家用, household, home use
生日, birthday
情人节, valentine's day, valentines
圣诞节, 圣诞, christmas, xmas
春节, 过年, chinese new year, spring festival
夏季, 夏天, summer
冬季, 冬天, winter
春季, 春天, spring
秋季, 秋天, autumn
套装, set
二手, second hand, used, pre-owned
新款, new arrival
便宜, 平价, cheap, inexpensive, affordable
高端, premium, high end
环保, eco friendly
可水洗, 机洗, machine washable
初学者, 新手, 入门, beginner, beginners
配件, 附件, accessories, accessory
益智, educational
女孩, 女童, girl, girls
男孩, 男童, boy, boys
原声, acoustic
英语, 英文, english
西班牙语, 西班牙文, spanish
法语, 法文, french
德语, 德文, german
日语, 日文, japanese
韩语, 韩文, korean
意大利语, 意大利文, italian
葡萄牙语, portuguese
左手, 左撇子, 左利手, left handed, left hand, lefty
俄语, 俄文, russian
# names written both ways
KFC, 肯德基
麦当劳, McDonald's, mcdonalds
星巴克, Starbucks
可口可乐, Coca-Cola, coke
百事可乐, Pepsi
耐克, Nike
阿迪达斯, 阿迪, Adidas
彪马, Puma
新百伦, New Balance
匡威, Converse
优衣库, Uniqlo
无印良品, Muji
宜家, IKEA
乐高, LEGO
芬达, Fender
雅马哈, 山叶, Yamaha
吉普森, Gibson
卡西欧, Casio
铃木, Suzuki
依班娜, Ibanez
孩之宝, Hasbro
美泰, Mattel
芭比, Barbie
迪士尼, Disney
漫威, Marvel
任天堂, Nintendo
费雪, Fisher-Price
伟易达, VTech
微软, Microsoft
森海塞尔, Sennheiser
舒尔, Shure
铁三角, Audio-Technica
华为, Huawei
小米, Xiaomi
三星, Samsung
索尼, Sony
佳能, Canon
尼康, Nikon
戴尔, Dell
联想, Lenovo
惠普, HP
华硕, Asus
罗技, Logitech
飞利浦, Philips
松下, Panasonic
戴森, Dyson
博世, Bosch
西门子, Siemens
欧莱雅, L'Oréal, loreal
雅诗兰黛, Estée Lauder
兰蔻, Lancôme
资生堂, Shiseido
香奈儿, Chanel
迪奥, Dior
古驰, Gucci
路易威登, Louis Vuitton, LV
苹果手机, iPhone
苹果平板, iPad
苹果笔记本, MacBook
苹果耳机, AirPods
博士音响, Bose
北面, The North Face
安德玛, Under Armour
斯凯奇, Skechers
卡骆驰, Crocs
李维斯, Levi's, levis
蔻驰, Coach bag
普拉达, Prada
爱马仕, Hermès
劳力士, Rolex
倩碧, Clinique
科颜氏, Kiehl's, kiehls
雀巢, Nestlé
特福, Tefal
象印, Zojirushi
新秀丽, Samsonite
日默瓦, Rimowa
# toys, parties and instruments, by what their titles call them
对讲机, 儿童对讲机, walkie talkie, walkie talkies
手指玩偶, 指偶, 手指偶, finger puppet, finger puppets
麦克风支架, 话筒支架, 麦克风架, 话筒架, mic stand, microphone stand
小提琴弦, violin strings, violin string
大提琴弦, cello strings
贝斯弦, bass strings
水球, 水气球, water balloon, water balloons
闪粉, 亮粉, 亮片, glitter
号嘴, 小号嘴, mouthpiece, mouthpieces
踏板, pedal, pedals
人体彩绘, 面部彩绘, 脸部彩绘, 人体彩绘颜料, 面部彩绘颜料, face paint, body paint
补充液, refill solution
二胡, erhu
# materials and what goods are like, by what titles call it
装饰, decorations, decoration
风景, landscape, scenery
超人, superman
毛绒, plush
夜光, 荧光, glow in the dark
小丑, clown
可调节, 可调, adjustable
双人, 两个人玩, 两人玩, 2 player, two player
可机洗, 机洗, machine washable
)";

std::string_view commerce_synonym_text() { return text; }

}  // namespace kindling::text::data
