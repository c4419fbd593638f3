#include "shop/simulator/people.h"
#include "shop/simulator/vocabulary.h"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace kindling::shop::simulator {
namespace {

struct Syllable { char const* zh; char const* en; };
constexpr Syllable surnames[] = {{"王", "Wang"}, {"李", "Li"}, {"张", "Zhang"}, {"刘", "Liu"}, {"陈", "Chen"}, {"杨", "Yang"}, {"黄", "Huang"}, {"赵", "Zhao"}, {"吴", "Wu"}, {"周", "Zhou"}, {"徐", "Xu"}, {"孙", "Sun"}, {"马", "Ma"}, {"朱", "Zhu"}, {"胡", "Hu"}, {"林", "Lin"}, {"郭", "Guo"}, {"何", "He"}, {"高", "Gao"}, {"罗", "Luo"}, {"郑", "Zheng"}, {"梁", "Liang"}, {"谢", "Xie"}, {"宋", "Song"}, {"唐", "Tang"}, {"许", "Xu"}, {"邓", "Deng"}, {"韩", "Han"}, {"冯", "Feng"}, {"曹", "Cao"}};
constexpr Syllable given[] = {{"雨", "yu"}, {"欣", "xin"}, {"子", "zi"}, {"涵", "han"}, {"浩", "hao"}, {"宇", "yu"}, {"晨", "chen"}, {"思", "si"}, {"佳", "jia"}, {"怡", "yi"}, {"静", "jing"}, {"敏", "min"}, {"伟", "wei"}, {"磊", "lei"}, {"洋", "yang"}, {"婷", "ting"}, {"雪", "xue"}, {"梦", "meng"}, {"琪", "qi"}, {"博", "bo"}, {"文", "wen"}, {"嘉", "jia"}, {"明", "ming"}, {"丽", "li"}, {"芳", "fang"}, {"超", "chao"}, {"俊", "jun"}, {"杰", "jie"}, {"慧", "hui"}, {"颖", "ying"}, {"乐", "le"}, {"安", "an"}, {"然", "ran"}, {"一", "yi"}, {"诺", "nuo"}, {"桐", "tong"}};
constexpr char const* english_given[] = {"Emma", "Olivia", "James", "Daniel", "Sophie", "Lucas", "Grace", "Henry", "Chloe", "Oliver", "Amelia", "Jack", "Mia", "Thomas", "Ella", "Noah", "Hannah", "Leo", "Alice", "Ethan", "Ruth", "Samuel", "Nora", "Adam"};
constexpr char const* english_family[] = {"Smith", "Brown", "Wilson", "Taylor", "Walker", "Evans", "Hughes", "Martin", "Clarke", "Cooper", "Tan", "Lim", "Ng", "Lee", "Patel", "Garcia", "Miller", "Davis", "Moore", "King", "Wright", "Scott", "Green", "Baker"};
constexpr char const* roads[] = {"人民路", "中山路", "解放路", "建设路", "和平路", "新华路", "学院路", "滨江路", "文化路", "幸福路", "青年路", "春晖路"};
constexpr char const* estates[] = {"阳光花园", "翠湖苑", "金色家园", "梧桐里", "书香名邸", "江南春晓", "银杏小区", "明月府", "绿地新城", "星河湾"};
constexpr char const* streets[] = {"High Street", "Station Road", "Park Avenue", "Church Lane", "Maple Street", "Orchard Road", "River Walk", "King Street"};

std::string chinese_address(Random& random) {
    return fmt::format("{}{}号{}{}栋{}单元{}0{}室", random.one_of(roads), random.between(1, 599), random.one_of(estates), random.between(1, 28), random.between(1, 4), random.between(1, 24), random.between(1, 4));
}

}  // namespace

std::vector<City> cities() {
    return {{{"上海", "Shanghai"}, {"上海", "Shanghai"}, 31.23, 121.47, 10, "CN", "200000", {{"浦东新区", "Pudong"}, {"徐汇区", "Xuhui"}, {"静安区", "Jing'an"}, {"闵行区", "Minhang"}}},
            {{"北京", "Beijing"}, {"北京", "Beijing"}, 39.90, 116.40, 9, "CN", "100000", {{"朝阳区", "Chaoyang"}, {"海淀区", "Haidian"}, {"丰台区", "Fengtai"}, {"通州区", "Tongzhou"}}},
            {{"广东", "Guangdong"}, {"广州", "Guangzhou"}, 23.13, 113.26, 7, "CN", "510000", {{"天河区", "Tianhe"}, {"越秀区", "Yuexiu"}, {"番禺区", "Panyu"}}},
            {{"广东", "Guangdong"}, {"深圳", "Shenzhen"}, 22.54, 114.06, 8, "CN", "518000", {{"南山区", "Nanshan"}, {"福田区", "Futian"}, {"龙岗区", "Longgang"}}},
            {{"浙江", "Zhejiang"}, {"杭州", "Hangzhou"}, 30.27, 120.15, 6, "CN", "310000", {{"西湖区", "Xihu"}, {"滨江区", "Binjiang"}, {"余杭区", "Yuhang"}}},
            {{"四川", "Sichuan"}, {"成都", "Chengdu"}, 30.57, 104.07, 6, "CN", "610000", {{"锦江区", "Jinjiang"}, {"武侯区", "Wuhou"}, {"高新区", "Gaoxin"}}},
            {{"江苏", "Jiangsu"}, {"南京", "Nanjing"}, 32.06, 118.80, 4, "CN", "210000", {{"鼓楼区", "Gulou"}, {"江宁区", "Jiangning"}, {"建邺区", "Jianye"}}},
            {{"江苏", "Jiangsu"}, {"苏州", "Suzhou"}, 31.30, 120.58, 4, "CN", "215000", {{"姑苏区", "Gusu"}, {"吴中区", "Wuzhong"}}},
            {{"湖北", "Hubei"}, {"武汉", "Wuhan"}, 30.59, 114.31, 4, "CN", "430000", {{"武昌区", "Wuchang"}, {"洪山区", "Hongshan"}, {"江汉区", "Jianghan"}}},
            {{"重庆", "Chongqing"}, {"重庆", "Chongqing"}, 29.56, 106.55, 4, "CN", "400000", {{"渝中区", "Yuzhong"}, {"江北区", "Jiangbei"}}},
            {{"陕西", "Shaanxi"}, {"西安", "Xi'an"}, 34.34, 108.94, 3.5, "CN", "710000", {{"雁塔区", "Yanta"}, {"碑林区", "Beilin"}}},
            {{"湖南", "Hunan"}, {"长沙", "Changsha"}, 28.23, 112.94, 3, "CN", "410000", {{"岳麓区", "Yuelu"}, {"芙蓉区", "Furong"}}},
            {{"河南", "Henan"}, {"郑州", "Zhengzhou"}, 34.75, 113.63, 3, "CN", "450000", {{"金水区", "Jinshui"}, {"二七区", "Erqi"}}},
            {{"山东", "Shandong"}, {"青岛", "Qingdao"}, 36.07, 120.38, 2.6, "CN", "266000", {{"市南区", "Shinan"}, {"崂山区", "Laoshan"}}},
            {{"山东", "Shandong"}, {"济南", "Jinan"}, 36.65, 117.12, 2.2, "CN", "250000", {{"历下区", "Lixia"}, {"市中区", "Shizhong"}}},
            {{"天津", "Tianjin"}, {"天津", "Tianjin"}, 39.13, 117.20, 2.6, "CN", "300000", {{"和平区", "Heping"}, {"南开区", "Nankai"}}},
            {{"辽宁", "Liaoning"}, {"沈阳", "Shenyang"}, 41.80, 123.43, 2, "CN", "110000", {{"沈河区", "Shenhe"}, {"铁西区", "Tiexi"}}},
            {{"黑龙江", "Heilongjiang"}, {"哈尔滨", "Harbin"}, 45.80, 126.53, 1.6, "CN", "150000", {{"南岗区", "Nangang"}, {"道里区", "Daoli"}}},
            {{"福建", "Fujian"}, {"厦门", "Xiamen"}, 24.48, 118.09, 2.2, "CN", "361000", {{"思明区", "Siming"}, {"湖里区", "Huli"}}},
            {{"福建", "Fujian"}, {"福州", "Fuzhou"}, 26.07, 119.30, 2, "CN", "350000", {{"鼓楼区", "Gulou"}, {"仓山区", "Cangshan"}}},
            {{"安徽", "Anhui"}, {"合肥", "Hefei"}, 31.82, 117.23, 2.2, "CN", "230000", {{"蜀山区", "Shushan"}, {"包河区", "Baohe"}}},
            {{"云南", "Yunnan"}, {"昆明", "Kunming"}, 25.04, 102.71, 1.6, "CN", "650000", {{"五华区", "Wuhua"}, {"盘龙区", "Panlong"}}},
            {{"广西", "Guangxi"}, {"南宁", "Nanning"}, 22.82, 108.37, 1.4, "CN", "530000", {{"青秀区", "Qingxiu"}, {"西乡塘区", "Xixiangtang"}}},
            {{"新疆", "Xinjiang"}, {"乌鲁木齐", "Urumqi"}, 43.83, 87.62, 0.7, "CN", "830000", {{"天山区", "Tianshan"}, {"沙依巴克区", "Saybagh"}}},
            {{"新加坡", "Singapore"}, {"新加坡", "Singapore"}, 1.35, 103.82, 1.6, "SG", "238801", {{"中区", "Central"}, {"东区", "East"}}},
            {{"英格兰", "England"}, {"伦敦", "London"}, 51.51, -0.13, 1.4, "GB", "SW1A 1AA", {{"卡姆登", "Camden"}, {"哈克尼", "Hackney"}}},
            {{"纽约州", "New York"}, {"纽约", "New York"}, 40.71, -74.01, 1.2, "US", "10001", {{"曼哈顿", "Manhattan"}, {"布鲁克林", "Brooklyn"}}},
            {{"新南威尔士", "New South Wales"}, {"悉尼", "Sydney"}, -33.87, 151.21, 0.8, "AU", "2000", {{"悉尼内城", "Inner Sydney"}, {"北岸", "North Shore"}}}};
}

std::vector<Place> places() {
    return {{"WH-SH", {"上海嘉定仓", "Shanghai Jiading Warehouse"}, PlaceKind::warehouse, 31.38, 121.25, 120'000},
            {"WH-GZ", {"广州黄埔仓", "Guangzhou Huangpu Warehouse"}, PlaceKind::warehouse, 23.11, 113.46, 90'000},
            {"WH-CD", {"成都双流仓", "Chengdu Shuangliu Warehouse"}, PlaceKind::warehouse, 30.57, 103.92, 60'000},
            {"WH-TJ", {"天津武清仓", "Tianjin Wuqing Warehouse"}, PlaceKind::warehouse, 39.38, 117.04, 70'000},
            {"PL-FS", {"佛山家具工厂", "Foshan Furniture Plant"}, PlaceKind::plant, 23.02, 113.12, 260},
            {"PL-NB", {"宁波杯壶工厂", "Ningbo Bottle Plant"}, PlaceKind::plant, 29.87, 121.54, 1'800}};
}

void add_suppliers(World& world, Secret& secret, Random random) {
    struct Maker { char const* city; char const* zh; char const* en; double latitude, longitude; };
    static constexpr Maker makers[] = {
        {"杭州", "杭州临平织造", "Linping Weaving", 30.42, 120.30}, {"广州", "广州十三行制衣", "Shisanhang Garments", 23.11, 113.25}, {"宁波", "宁波甬江针织", "Yongjiang Knitwear", 29.87, 121.55}, {"绍兴", "绍兴柯桥纺织", "Keqiao Textiles", 30.08, 120.49},
        {"温州", "温州瓯海鞋业", "Ouhai Footwear", 27.97, 120.63}, {"晋江", "晋江陈埭鞋材", "Chendai Shoes", 24.78, 118.55}, {"广州", "广州花都皮具", "Huadu Leather Goods", 23.40, 113.22}, {"白沟", "白沟新城箱包", "Baigou Luggage", 39.12, 116.03},
        {"深圳", "深圳宝安声学", "Bao'an Acoustics", 22.55, 113.88}, {"东莞", "东莞石碣电声", "Shijie Audio", 23.10, 113.80}, {"佛山", "佛山顺德电器", "Shunde Appliances", 22.80, 113.29}, {"宁波", "慈溪小家电", "Cixi Small Appliances", 30.17, 121.27},
        {"中山", "中山古镇灯饰", "Guzhen Lighting", 22.62, 113.19}, {"宁波", "余姚照明", "Yuyao Lighting", 30.04, 121.15}, {"佛山", "佛山龙江家具", "Longjiang Furniture", 22.87, 113.08}, {"安吉", "安吉椅业", "Anji Chairs", 30.64, 119.68},
        {"永康", "永康杯业", "Yongkang Drinkware", 28.89, 120.05}, {"景德镇", "景德镇陶舍", "Jingdezhen Ceramics", 29.27, 117.18}, {"上海", "上海奉贤日化", "Fengxian Cosmetics", 30.92, 121.47}, {"广州", "广州白云日化", "Baiyun Cosmetics", 23.16, 113.27},
        {"汕头", "汕头澄海玩具", "Chenghai Toys", 23.47, 116.76}, {"扬州", "扬州毛绒工坊", "Yangzhou Soft Toys", 32.39, 119.42}, {"邢台", "邢台南和宠粮", "Nanhe Pet Food", 37.02, 114.69}, {"温州", "平阳宠物用品", "Pingyang Pet Goods", 27.66, 120.57}};
    int index = 0;
    for (auto const& maker : makers) {
        auto const mean = random.uniform(6, 28), deviation = mean * random.uniform(0.12, 0.45);
        world.suppliers.push_back({fmt::format("S{:02}", ++index), {maker.zh, maker.en}, maker.city, maker.latitude, maker.longitude, static_cast<int>(std::lround(mean * random.uniform(0.85, 1.02))), random.between(4, 30) * 100'000});
        secret.suppliers.push_back({mean, deviation, random.uniform(0.93, 1.0)});
    }
}

void add_customers(World& world, Secret& secret, Random random) {
    std::vector<double> weights;
    for (auto const& city : world.cities) weights.push_back(city.weight);
    auto const last = world.options.last_day;
    auto const span = last - world.first_day + 1;
    std::size_t const tops = departments().size();
    double shares[12];
    for (std::size_t i = 0; i < tops; ++i) {
        shares[i] = 0;
        for (auto const& family : departments()[i].families) shares[i] += family.share;
    }
    world.customers.reserve(static_cast<std::size_t>(world.options.customers));
    for (int i = 0; i < world.options.customers; ++i) {
        Customer c;
        c.key = fmt::format("c{:05}", i + 1);
        c.city = static_cast<int>(random.pick(weights));
        auto const& city = world.cities[static_cast<std::size_t>(c.city)];
        auto const abroad = city.country != "CN";
        c.language = random.chance(abroad ? 0.85 : 0.05) ? Locale::en : Locale::zh;
        if (c.language == Locale::zh) {
            auto const& family = random.one_of(surnames);
            auto const& one = random.one_of(given);
            c.name = std::string(family.zh) + one.zh;
            auto pinyin = std::string(family.en) + one.en;
            if (random.chance(0.7)) { auto const& two = random.one_of(given); c.name += two.zh, pinyin += two.en; }
            pinyin[0] = static_cast<char>(pinyin[0] + 32);
            c.email = fmt::format("{}{}@example.com", pinyin, i + 1);
        } else {
            auto const first = std::string(random.one_of(english_given)), family = std::string(random.one_of(english_family));
            c.name = first + " " + family;
            c.email = fmt::format("{}.{}{}@example.com", static_cast<char>(first[0] + 32) + first.substr(1), static_cast<char>(family[0] + 32) + family.substr(1), i + 1);
        }
        // +86 100 has no carrier; 555-01xx and 07700 900xxx are set aside for fiction.
        if (city.country == "GB") c.phone = fmt::format("+44 7700 900{:03}", i % 1000);
        else if (city.country == "US") c.phone = fmt::format("+1 212 555 01{:02}", i % 100);
        else c.phone = fmt::format("+86 100{:08}", i + 1);
        c.district = static_cast<int>(random.below(city.districts.size()));
        c.address_line = abroad ? fmt::format("{} {}", random.between(1, 220), random.one_of(streets)) : chinese_address(random);
        c.postcode = city.postcode;
        // Nearly half were there before; the others come evenly, a little faster towards the end.
        c.joined = random.chance(0.45) ? world.first_day - static_cast<Day>(random.between(1, 700)) : world.first_day + static_cast<Day>(std::pow(random.uniform(), 0.85) * span);
        c.birth_year = 1955 + static_cast<int>(std::clamp(random.normal(36, 11), 0.0, 52.0));
        c.consent = random.chance(0.25) ? Customer::Consent::none : random.chance(0.4) ? Customer::Consent::mail : Customer::Consent::all;

        CustomerTruth t;
        double sum = 0;
        for (std::size_t k = 0; k < tops; ++k) sum += t.preference[k] = static_cast<float>(shares[k] * random.gamma(0.45, 1) + 1e-4);
        for (std::size_t k = 0; k < tops; ++k) t.preference[k] /= static_cast<float>(sum);
        t.activity = static_cast<float>(random.gamma(0.7, 1.4) + 0.02);
        t.price_tier = random.chance(0.4) ? 1 : random.chance(0.65) ? 2 : 3;
        if (random.chance(0.4)) {
            auto const gone = std::max(c.joined, world.first_day) + 20 + static_cast<Day>(random.exponential(1.0 / 300));
            if (gone <= last) t.churned = gone;
        }
        world.customers.push_back(std::move(c));
        secret.customers.push_back(t);
    }
}

}  // namespace kindling::shop::simulator
