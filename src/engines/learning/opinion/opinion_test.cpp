// What must be read out of reviews and what must not; quotes are the buyer's own words; a learned model and its file.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "core/random.h"
#include "core/utf8.h"
#include "engines/learning/opinion/digest.h"
#include "engines/learning/opinion/extractor.h"

namespace kindling::opinion {
namespace {

// "quality+ price-": every remark of a text.
std::string said(std::string_view text) {
    std::string out;
    for (auto const& r : remarks(text)) out += (out.empty() ? "" : " ") + std::string(name_of(r.aspect).key) + (r.praise ? "+" : "-");
    return out;
}

TEST(Lexicon, ReadsChinese) {
    EXPECT_EQ(said("物流很快，隔天就到。"), "delivery+ delivery+");
    EXPECT_EQ(said("面料摸起来很舒服，走线也整齐"), "quality+ quality+") << "the noun decides, not the verdict";
    EXPECT_EQ(said("洗了一次就起球了。"), "quality-");
    EXPECT_EQ(said("尺码偏小，胸口有点紧。"), "size- size-");
    EXPECT_EQ(said("很好，超值，很好用"), "overall+ price+ use+");
    EXPECT_EQ(said("還不錯，價格便宜"), "overall+ price+") << "traditional characters";
    EXPECT_EQ(said("音质好但是续航短"), "sound+ battery-") << "a turn parts what no sign parts";
}

TEST(Lexicon, NamesWhatAQuestionAsksOf) {
    auto const asked = [](std::string_view text) {
        std::string out;
        for (auto const& n : aspects_named(text)) out += (out.empty() ? "" : " ") + std::string(name_of(n.aspect).key) + (n.by_noun ? "" : "?") + ":" + std::string(text.substr(n.begin, n.end - n.begin));
        return out;
    };
    EXPECT_EQ(asked("And the Sound, or the battery?"), "sound:Sound battery:battery");
    EXPECT_EQ(asked("那音质和续航呢"), "sound:音质 battery:续航");
    EXPECT_EQ(asked("do they find it comfortable?"), "comfort?:comfortable");
    EXPECT_EQ(asked("what do people say about this product?"), "") << "the whole is no aspect";
    EXPECT_EQ(asked("评价怎么样"), "") << "no price is asked of";
    EXPECT_EQ(asked(""), "");
}

TEST(Lexicon, ReadsEnglish) {
    EXPECT_EQ(said("Fast delivery, here the next day."), "delivery+ delivery+");
    EXPECT_EQ(said("It pilled after one wash."), "quality-");
    EXPECT_EQ(said("Great sound but the battery dies"), "sound+ battery-");
    EXPECT_EQ(said("True to size and flattering at the waist."), "look+ size+");
    EXPECT_EQ(said("Finest goods of Goodyear"), "") << "entries are whole words";
    EXPECT_EQ(said("version 1.5.2 is good"), "overall+") << "points inside numbers part nothing";
}

TEST(Lexicon, TurnsWhatIsNegated) {
    EXPECT_EQ(said("不好"), "overall-");
    EXPECT_EQ(said("不是很舒服"), "comfort-");
    EXPECT_EQ(said("不会起球"), "quality+");
    EXPECT_EQ(said("没有异味"), "smell+") << "an entry of its own";
    EXPECT_EQ(said("not comfortable at all"), "comfort-");
    EXPECT_EQ(said("It doesn't leak or wobble"), "") << "neither is an entry: nothing is guessed";
    EXPECT_EQ(said("It isn't comfortable"), "comfort-");
    EXPECT_EQ(said("not only cheap"), "price+");
    EXPECT_EQ(said("孩子特别喜欢"), "overall+") << "the 别 of 特别 negates nothing";
    EXPECT_EQ(said("无线耳机很好"), "overall+");
    EXPECT_EQ(said("没有线头没有异味"), "quality+ smell+") << "two negations in a row are not one";
    EXPECT_EQ(said("no wobble and no smell"), "quality+ smell+");
    EXPECT_EQ(said("不仅便宜"), "price+");
    EXPECT_EQ(said("没有一个人说它好"), "overall+") << "too far away: a known limit, kept in sight here";
}

TEST(Lexicon, SaysNothingWhereNothingWasSaid) {
    for (auto const text : {"", "   ", "。。。", "收到了", "过了好几天才拆", "希望质量更好", "I wish it were more comfortable", "<b>&amp;</b>", "\xff\xfe", "给妈妈买的"}) EXPECT_EQ(said(text), "") << text;
}

TEST(Lexicon, StretchesLieInTheTextAndHoldTheirWords) {
    std::string_view const text = "  Packed with care.  颜色很正！ ";
    auto const found = remarks(text);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "Packed with care");
    EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "颜色很正");
    Random random(6);
    std::u32string const alphabet = U"不好 但，。aé①ﬁ质量good\u0301n't!\t";
    for (int round = 0; round < 2000; ++round) {
        std::u32string wide;
        for (auto n = random.below(30); n-- > 0;) wide += alphabet[random.below(alphabet.size())];
        auto const any = to_utf8(wide);
        std::uint32_t last = 0;
        for (auto const& c : clauses(any)) {
            ASSERT_LE(last, c.begin);
            ASSERT_LT(c.begin, c.end);
            ASSERT_LE(c.end, any.size());
            ASSERT_TRUE(is_utf8(std::string_view(any).substr(c.begin, c.end - c.begin))) << any;
            last = c.end;
        }
    }
}

TEST(Lexicon, HasOneNameForEachAspect) {
    std::vector<std::string_view> keys;
    for (std::size_t a = 0; a < aspect_count; ++a) {
        auto const name = name_of(static_cast<Aspect>(a));
        EXPECT_FALSE(name.en.empty() || name.zh.empty());
        keys.push_back(name.key);
    }
    std::ranges::sort(keys);
    EXPECT_TRUE(std::ranges::adjacent_find(keys) == keys.end());
}

std::optional<AspectDigest> of(const Digest& d, Aspect a) {
    for (auto const& one : d.aspects)
        if (one.aspect == a) return one;
    return std::nullopt;
}

TEST(Digest, CountsReviewsNotWords) {
    std::vector<ReviewText> const reviews{{"物流很快，物流很快，发货快"}, {"发货慢"}, {"发货慢，但是包装好，第二天就到"}, {"很好"}, {"收到了"}};
    auto const d = digest(reviews);
    EXPECT_EQ(d.reviews_with_remarks, 4u);
    auto const delivery = of(d, Aspect::delivery);
    ASSERT_TRUE(delivery);
    EXPECT_EQ(delivery->praise, 1u);
    EXPECT_EQ(delivery->blame, 1u);
    EXPECT_EQ(delivery->both, 1u);
    EXPECT_DOUBLE_EQ(delivery->share(), 0.5);
    EXPECT_EQ(d.aspects.front().aspect, Aspect::delivery);
    EXPECT_EQ(d.aspects.back().aspect, Aspect::overall);
}

TEST(Digest, QuotesWhatWasWritten) {
    std::vector<std::string> const bodies{"The bass is great. The box was damaged.", "Great bass!", "做工扎实，拉链顺滑。就是有点重", "strong bass and <script>alert(1)</script>"};
    std::vector<ReviewText> reviews(bodies.begin(), bodies.end());
    for (auto const& a : digest(reviews, {.quotes_a_side = 2}).aspects) {
        EXPECT_FALSE(a.quotes.empty()) << name_of(a.aspect).key;
        for (auto const& q : a.quotes) {
            ASSERT_LT(q.review, bodies.size());
            ASSERT_LE(q.end, bodies[q.review].size());
            auto const text = bodies[q.review].substr(q.begin, q.end - q.begin);
            // Read alone, the quote says of the aspect what it is quoted for.
            auto const alone = remarks(text);
            EXPECT_TRUE(std::ranges::any_of(alone, [&](Remark const& r) { return r.aspect == a.aspect && r.praise == q.praise; })) << text;
            EXPECT_TRUE(std::ranges::all_of(alone, [&](Remark const& r) { return r.praise == q.praise; })) << text;
        }
    }
}

TEST(Digest, PrefersTheTypicalQuoteAndTheLargerSide) {
    std::vector<ReviewText> const reviews{{"音质好得让隔壁老王半夜敲门"}, {"音质好，低音有力"}, {"音质好，低音有力"}, {"有底噪"}};
    auto const d = digest(reviews);
    auto const sound = of(d, Aspect::sound);
    ASSERT_TRUE(sound);
    ASSERT_EQ(sound->quotes.size(), 2u);
    EXPECT_TRUE(sound->quotes[0].praise);
    EXPECT_EQ(sound->quotes[0].review, 1u);
    EXPECT_FALSE(sound->quotes[1].praise);
}

TEST(Digest, QuotesTheReadersLanguageAndCountsAll) {
    std::vector<ReviewText> const reviews{{"音质好，低音有力", false}, {"音质好", false}, {"Strong bass.", true}};
    auto const d = digest(reviews);
    auto const sound = of(d, Aspect::sound);
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->count(), 3u);
    ASSERT_EQ(sound->quotes.size(), 1u);
    EXPECT_EQ(sound->quotes[0].review, 2u);
    EXPECT_EQ(of(digest(std::vector<ReviewText>{{"音质好", false}}), Aspect::sound)->quotes.size(), 1u) << "another language is better than none";
}

TEST(Digest, LeavesOutWhatIsTooLongToQuoteAndStillCountsIt) {
    std::string const body = "音质好" + std::string(400, 'x');
    auto const d = digest(std::vector<ReviewText>{{body}});
    auto const sound = of(d, Aspect::sound);
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->count(), 1u);
    EXPECT_TRUE(sound->quotes.empty());
    EXPECT_TRUE(digest({}).aspects.empty());
}

std::vector<MarkedReview> marked() {
    std::vector<MarkedReview> out;
    struct Part { std::u32string_view aspect, opinion; std::uint32_t category, polarity; };
    Part const parts[] = {{U"物流", U"很快", 0, 0}, {U"物流", U"太慢", 0, 1}, {U"", U"很便宜", 1, 0}, {U"价格", U"太贵", 1, 1}, {U"味道", U"好闻", 2, 0}, {U"", U"难闻", 2, 1}};
    for (auto const& a : parts)
        for (auto const& b : parts) {
            MarkedReview r;
            for (auto const* const p : {&a, &b}) {
                Quadruple q{{}, {}, p->category, p->polarity};
                auto const at = [&] { return static_cast<std::uint32_t>(r.text.size()); };
                q.aspect.begin = at(), r.text += p->aspect, q.aspect.end = at();
                q.opinion.begin = at(), r.text += p->opinion, q.opinion.end = at();
                r.text += U"，", r.opinions.push_back(q);
            }
            out.push_back(r);
        }
    return out;
}

TEST(Extractor, LearnsAllFourAndComesBackFromItsFile) {
    auto const model = Extractor::train(marked(), {"delivery", "price", "smell"}, {"praise", "blame"}, {});
    ASSERT_TRUE(model) << model.error().message;
    tagging::Tagger::Scratch scratch;
    auto const found = model->read(U"味道难闻，物流很快", scratch);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].aspect, (Stretch{0, 2}));
    EXPECT_EQ(found[0].opinion, (Stretch{2, 4}));
    EXPECT_EQ(found[0].category, 2u);
    EXPECT_EQ(found[0].polarity, 1u);
    EXPECT_EQ(found[1].aspect, (Stretch{5, 7}));
    EXPECT_EQ(found[1].polarity, 0u);
    auto const bytes = model->write();
    auto const again = Extractor::read_file(bytes);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->write(), bytes);
    EXPECT_FALSE(Extractor::read_file(bytes.substr(0, bytes.size() - 3)));
    EXPECT_FALSE(Extractor::read_file(model->tagger().write())) << "another kind of model";
    EXPECT_EQ(Extractor::train({}, {"a", "b"}, {"c", "d"}, {}).error().reason, "no_documents");
}

TEST(Extractor, KeepsAnAspectInItsClause) {
    auto const model = Extractor::train(marked(), {"delivery", "price", "smell"}, {"praise", "blame"}, {});
    ASSERT_TRUE(model);
    tagging::Tagger::Scratch scratch;
    for (auto const& q : model->read(U"物流，很便宜", scratch)) EXPECT_TRUE(q.aspect.empty() || q.opinion.empty()) << "an opinion of another clause was taken";
}

}  // namespace
}  // namespace kindling::opinion
