// engines/learning/opinion/lexicon_entries.cpp -- the words. Our own, for a general shop; longer entries win over shorter ones inside them.
#include <array>

#include "engines/learning/opinion/lexicon.h"

namespace kindling::opinion {

namespace {

using enum Aspect;
using enum EntryKind;

constexpr std::array names = std::to_array<AspectName>({
    {"quality", "Quality", "质量做工"}, {"look", "Look", "外观颜色"}, {"size", "Size and fit", "尺寸大小"}, {"comfort", "Comfort", "舒适度"}, {"use", "Ease of use", "使用方便"}, {"effect", "Performance", "效果性能"},
    {"sound", "Sound", "音质"}, {"battery", "Battery", "续航充电"}, {"smell", "Smell", "气味"}, {"taste", "Taste and appetite", "口味适口"}, {"noise", "Noise", "噪音"}, {"price", "Price", "价格"},
    {"delivery", "Delivery", "物流"}, {"packaging", "Packaging", "包装"}, {"service", "Service", "服务"}, {"description", "As described", "与描述相符"}, {"overall", "Overall", "总体"}});
static_assert(names.size() == aspect_count);

constexpr std::array table = std::to_array<Entry>({
    // What is spoken of.
    {"质量|做工|品质|面料|料子|材质|走线|缝线|用料|拉链|工艺|手工|质感|quality|workmanship|material|fabric|seam|seams|stitching|zip|zips|zipper|build|craftsmanship", noun, quality},
    {"外观|颜色|色泽|样子|款式|版型|外形|颜值|花纹|图案|设计|色差|look|looks|colour|color|colours|colors|style|design|cut|appearance|finish", noun, look},
    {"尺寸|尺码|大小|码数|尺度|裙长|裤长|衣长|腰身|高度|坐高|容量|鞋码|size|sizing|fit|length|waist|capacity|height", noun, size},
    {"穿着|上身|上脚|脚感|手感|佩戴|坐感|舒适度|鞋底|背带|comfort|feel|sole|strap", noun, comfort},
    {"操作|安装|说明书|使用|按键|清洗|拼装|配件|连接|信号|app|installation|assembly|instructions|manual|guide|buttons|controls|setup|connection|parts|cleaning", noun, use},
    {"效果|功效|性能|保温|吸力|加热|亮度|光线|防水|保湿|吸收|功能|速度|performance|effect|suction|brightness|light|function", noun, effect},
    {"音质|低音|人声|高音|声音效果|sound|bass|treble|voices|audio", noun, sound},
    {"续航|电池|充电|电量|battery|charge|charging", noun, battery},
    {"气味|味道|香味|异味|smell|scent|odour|odor|fragrance", noun, smell},
    {"口味|口感|适口性|肠胃|便便|taste|flavour|flavor|appetite|stomach", noun, taste},
    {"噪音|噪声|声音|底噪|noise", noun, noise},
    {"价格|价钱|性价比|价位|活动价|价|price|prices|value|value for money|cost", noun, price},
    {"物流|快递|发货|配送|送货|到货|快递员|delivery|shipping|courier|postage|dispatch", noun, delivery},
    {"包装|盒子|外包装|包装盒|packaging|package|box|wrapping|packing", noun, packaging},
    {"客服|服务|售后|态度|卖家|店家|商家|service|seller|support|staff|shop assistant", noun, service},
    {"描述|图片|详情页|宣传|照片|实物|description|picture|pictures|photo|photos|promise", noun, description},
    {"总体|整体|东西|宝贝|产品|商品|all in all|overall|product|item", noun, overall},

    // What judges by itself, of whatever is spoken of.
    {"好|很好|不错|满意|喜欢|棒|完美|优秀|给力|赞|漂亮|可以|还行|还可以|不赖|超值|推荐|值得|值得购买|好评|爱了|放心|惊喜|一流|出色|没话说|没得说|挑不出毛病|good|great|excellent|perfect|lovely|love|loves|loved|like it|likes it|like this|nice|fine|amazing|wonderful|happy|satisfied|pleased|recommend|recommended|recommends|best|awesome|fantastic|better than expected|better than i thought|worth it|not bad|no complaints", praise, overall},
    {"差|很差|不好|失望|垃圾|后悔|讨厌|糟糕|烂|难用|坑|一般般|差劲|差评|不行|不满意|劣质|没用|上当|bad|poor|terrible|awful|disappointed|disappointing|horrible|worst|useless|regret|hate|unhappy|dissatisfied|not impressed|waste of money|not worth it|avoid", blame, overall},

    // What judges one thing.
    {"扎实|做工细|没有毛边|结实|耐用|精致|精细|细致|整齐|牢固|厚实|像新的|没有变形|没变形|不变形|没掉色|不掉色|没有掉色|不起球|没起球|没有起球|很稳|稳固|一点不晃|不晃|打磨圆润|没有线头|一直稳定|顺滑|不掉毛|不开胶|solid|sturdy|durable|well made|well-made|fine work|like new|still like new|no fading|no shrinking|no wobble|steady|very steady|neat|robust|smooth|nicely rounded|without trouble", praise, quality},
    {"粗糙|坏了|坏掉|破了|破损|裂|裂痕|裂了|起球|掉色|褪色|变形|缩水|接触不良|掉漆|掉毛|开胶|脱胶|线头|线头多|线头有点多|偏薄|太薄|瑕疵|小瑕疵|黑点|有点晃|晃|松动|有点松|掉了|有点掉|磨损|开裂|毛刺|易碎|断了|脱线|少了零件|broke|broken|breaks|pilled|pills|pilling|sheds|looks like plastic|faded|fades|cracked|crack|scratched|flimsy|loose threads|thinner than|thin|wobbles|wobbly|shrank|shrunk|flaw|defect|defective|came off|coming off|comes off|peeling|tore|torn|ripped|stopped working|fell apart|loose|dark dot", blame, quality},
    {"好看|漂亮|颜色正|颜色很正|很正|百搭|显瘦|显白|时尚|大方|高级|出片|出彩|很出片|跟图片一样|和图片一样|与图片一致|比图片还好看|beautiful|pretty|prettier than|pretty in|gorgeous|stylish|flattering|elegant|goes with everything|true colour|true color|cute|looks good|great cut", praise, look},
    {"难看|丑|土|色差大|有色差|颜色比图片|比图片暗|比图片深|跟图片有差|有点透|太透|显胖|老气|ugly|duller|dull|darker than|see-through|looks cheap|unflattering|colour differs|color differs|differs from the picture", blame, look},
    {"合身|尺码正|合适|很合适|尺码很准|很准|刚好|正好|容量很大|容量大|能装|放得下|都放得下|大小合适|尺寸刚好|true to size|fits well|fits perfectly|fits exactly|fits|roomy|spacious|right height|just right|just the right size", praise, size},
    {"偏小|偏大|太小|太大|太长|太短|有点长|有点紧|太紧|太松|放不下|比想象中小|比想象的小|小了|大了|不合身|不合脚|太高|太矮|太重|有点重|容量太小|没有隔层|too small|too big|too large|too long|too short|too tight|too high|too low|too heavy|heavy|runs small|runs large|tight|smaller than|runs a size|half a size|比图片小|no room|does not fit|doesn't fit|no dividers", blame, size},
    {"舒服|舒适|柔软|很软|软和|透气|不勒|不勒肩|不磨脚|不挤|也不挤|不累|不疼|很轻|轻便|轻巧|不闷|亲肤|comfortable|comfy|soft|breathable|light and easy|cosy|cozy|without pain|very light|easy on|nice to hold|feels lovely|cushioned", praise, comfort},
    {"不舒服|磨脚|勒|勒肩|压肩|疼|夹头|闷|闷热|扎|扎人|硬|太硬|太软|不透气|uncomfortable|itchy|scratchy|hurts|hurt|clamps|blisters|stiff|hard sole|rubs|sweaty", blame, comfort},
    {"方便|找东西快|简单|好用|很好用|真好用|太好用|还好用|容易|易用|一看就会|好清洗|很好清洗|不粘|都能冲|清楚|说明书清楚|连接稳定|从不断|配件齐全|省力|省时间|操作简单|快捷|顺手|easy to use|easy|simple|convenient|handy|intuitive|easy to clean|clear guide|never drops|saves time|nothing sticks|got it at once|quickly", praise, use},
    {"麻烦|不方便|复杂|太简单|难洗|很难洗|难装|看不懂|反应慢|没对齐|断连|经常断连|不会用|费劲|卡顿|不好用|complicated|too easy|too simple|confusing|difficult|hard to use|hard to clean|inconvenient|did not line up|part was missing|missing|drops often|slow buttons|hours of work|awkward", blame, use},
    {"有效|见效|管用|保湿|滋润|水润|补水|很润|吸收快|吸收很快|清爽|不油腻|温和|不刺激|不过敏|不闷痘|亮|很亮|柔和|不刺眼|还烫|保温好|密封好|不漏|也不漏|不洒|加热很快|加热快|效果好|益智|effective|works|works well|works great|moisturising|moisturizing|hydrating|absorbs|gentle|no irritation|no redness|no sting|bright|glare-free|still hot|seals well|no drop|waterproof|heats fast|powerful|keeps", praise, effect},
    {"没效果|没有效果|没什么效果|过敏|刺激|刺痛|有点油|太油|亮度不够|油腻|泛红|长痘|闷痘|搓泥|太暗|不够亮|不亮|刺眼|频闪|漏水|会漏|漏|不保温|保温不到|ineffective|does nothing|did nothing|no effect|irritated|irritation|rash|greasy|oily|sticky|breakouts|stings|flickers|flicker|too dim|dim|leaks|leaked|leaking|did not work|does not work|doesn't work", blame, effect},
    {"低音有力|人声清晰|不刺耳|音质好|strong bass|clear voices|better sound|rich sound|crisp", praise, sound},
    {"低音太轰|人声糊|有底噪|刺耳|杂音|失真|boomy|muddy|hiss|distorted|tinny|crackles", blame, sound},
    {"续航很长|续航长|充电很快|充电快|待机长|一周充一次|charges fast|lasts long|long battery|long-lasting|once a week", praise, battery},
    {"续航没有|续航短|充不进电|不太充得进电|充电慢|掉电|stopped charging|falls short|drains|dies|short battery|battery dies", blame, battery},
    {"好闻|很香|清香|没有异味|没异味|无异味|没有味道|没味道|淡淡的香|味道好|no smell|smells nice|smells good|smells great|odourless|pleasant scent", praise, smell},
    {"难闻|刺鼻|味道大|有味道|有异味|塑料味|胶水味|有一股|酒精味|味道太大|味道重|臭|smelly|it smells|smells bad|smells of|smells even|strong smell|plastic smell|stinks", blame, smell},
    {"好吃|爱吃|吃得香|吃得干净|适口性好|不挑食|抢着吃|光盘|吃光|吃光了|都吃光了|ate it all|tasty|delicious|eats it all|licks the bowl|loves the taste|eats well", praise, taste},
    {"不爱吃|不吃|难吃|软便|拉肚子|拉稀|吐了|won't eat|refuses|diarrhoea|diarrhea|vomited|upset stomach|loose stools", blame, taste},
    {"安静|静音|很静音|没有噪音|没噪音|没声音|quiet|quietly|silent|noiseless", praise, noise},
    {"吵|太吵|噪音大|声音大|声音有点大|声音太大|嗡嗡|异响|loud|rather loud|noisy|rattles|squeaks|squeaky|buzzing", blame, noise},
    {"便宜|实惠|划算|超值|值|很值|性价比高|物美价廉|对得起这个价格|比实体店便宜|省钱|cheap|cheaper than|cheaper|good value|great value|affordable|bargain|fair for the price|worth the money|worth every penny|good price|great price", praise, price},
    {"贵|太贵|有点贵|偏贵|不值|不划算|降价|刚买就降价|expensive|overpriced|pricey|too dear|not worth the price|rip-off", blame, price},
    {"物流很快|发货快|发货很快|到货快|隔天就到|第二天就到|当天就到|很快就到|快递给力|送货上门|fast delivery|quick delivery|fast shipping|arrived quickly|arrived early|arrived fast|next day|prompt", praise, delivery},
    {"发货慢|物流慢|太慢|很慢|慢|等了好几天|好几天才到|迟迟不|没收到|送错|took days|took weeks|slow delivery|arrived late|late|delayed|never arrived|lost in the post", blame, delivery},
    {"包装很用心|包装用心|包装完好|包装严实|包装精美|包装好|packed with care|well packed|well-packed|nicely packed|nicely wrapped|tight packing|tightly packed|carefully packed", praise, packaging},
    {"包装简陋|包装破|压坏|压坏了|包装太差|没有包装|挤压变形|crushed|badly packed|poorly packed|box was damaged|dented|damaged", blame, packaging},
    {"热情|耐心|态度好|态度很好|回复快|给换了|专业|贴心|kind|helpful|friendly|patient|polite|was exchanged|responsive|quick reply", praise, service},
    {"态度差|不理人|不回复|敷衍|推脱|没人理|不耐烦|rude|unhelpful|ignored|no reply|no answer|unfriendly", blame, service},
    {"和描述一致|与描述一致|描述相符|和详情页写的一样|名副其实|as described|exactly as described|as advertised|as expected|just like the pictures|like in the picture", praise, description},
    {"跟描述不太一样|描述不符|和描述不符|与描述不符|不一样|货不对板|虚假宣传|假货|没有宣传的那么|not quite as described|not as described|not as advertised|misleading|wrong item|fake", blame, description},
    {"第二次买|回购|会回购|会再买|还会买|还会来|推荐购买|同事都问链接|家里人也说好|爱不释手|值得拥有|愿意喝水了|孩子喜欢|很满意|second time i buy|buy again|buying again|will order again|would buy|my family likes|asked for the link|very happy|drinks more", praise, overall},
    {"不会再买|不会再来|不推荐|退货|申请退货|退了|中规中矩|别买|白花钱|踩雷|will not buy|won't buy|would not buy|never again|sent it back|asked for a return|want a refund|returned it|nothing special|do not buy|don't buy|would not recommend|not recommended", blame, overall},

    // What turns.
    {"不|没|没有|不太|不够|不是|不算|并不|从不|别|未|无|毫不|不怎么|没那么|没有那么|not|no|never|n't|isn't|wasn't|aren't|don't|doesn't|didn't|won't|can't|cannot|without|hardly|barely|nothing|neither|nor", negation, overall},
    {"但是|但|不过|就是|只是|可惜|可是|然而|but|however|although|though|yet|except", turn, overall},
    {"希望|要是|如果|建议|想要|最好能|i wish|wish it|wish you|wish there|please add|if only|would like|should have|hope|hoping", wish, overall},
    {"特别|分别|区别|级别|个别|性别|无线|无论|无疑|无糖|无刷|未来|不止|不久|不得不|不一会|loose parts|loose fit|wireless|好几|好多|好久|好像|好好|好的|好吧|好评返|不好意思|不仅|不但|不光|不得不说|没想到|不错过|别的|不同|不管|只好|好在|说好|可以吗|好吗|好不好|差不多|差点|出差|太阳|晃眼|土豆|大土|听说|赞助|值班|价值观|not only|no wonder|no doubt|no matter|good morning|fine print|late at night|kind of|cold weather|like that one|light bulb|light box|light blue|light grey|light green|hard to find", idiom, overall},
});

}  // namespace

AspectName name_of(Aspect aspect) { return names[static_cast<std::size_t>(aspect)]; }

std::optional<Aspect> aspect_called(std::string_view key) {
    for (std::size_t a = 0; a < aspect_count; ++a)
        if (names[a].key == key) return static_cast<Aspect>(a);
    return {};
}
std::span<const Entry> entries() { return table; }

}  // namespace kindling::opinion
