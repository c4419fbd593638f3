// What an encoder made, kept by content: nothing is asked twice, what is gone is forgotten, another encoder's vectors are never mixed in.
#include "engines/vector/encoded.h"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kindling::vector {
namespace {

class EncodedTest : public testing::Test {
protected:
    std::filesystem::path folder = std::filesystem::temp_directory_path() / fmt::format("kindling-encoded-{}", ::getpid());
    std::vector<std::size_t> asked;
    std::size_t components = 3;
    std::optional<Error> broken;

    ~EncodedTest() override { std::filesystem::remove_all(folder); }
    EncodedPlace at(std::uint64_t encoder) const { return {folder, "things-1", encoder}; }
    Result<Filled> fill(std::uint64_t encoder, std::vector<std::string> const& keys, std::shared_ptr<Scan>& held, Progress const& progress = {}) {
        return fill_encoded(at(encoder), held, keys, 2, [&](std::span<std::size_t const> some) -> Result<std::vector<std::vector<float>>> {
            if (broken && asked.size() >= 2) return std::unexpected(*broken);
            std::vector<std::vector<float>> out;
            for (auto const i : some) asked.push_back(i), out.push_back(keys[i] == "unreadable" ? std::vector<float>() : std::vector<float>(components, static_cast<float>(i + 1)));
            return out;
        }, progress, "sent");
    }
};

TEST_F(EncodedTest, AsksOnlyForWhatIsMissingAndForgetsWhatIsGone) {
    std::shared_ptr<Scan> held;
    auto first = fill(7, {"a", "b", "c", "a", "unreadable"}, held);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(asked, (std::vector<std::size_t>{0, 1, 2, 4}));
    EXPECT_EQ(first->sent, 3);
    EXPECT_EQ(first->held, 3);
    held.reset();
    held = open_encoded(at(7)).value();   // as after a restart
    ASSERT_TRUE(held);
    EXPECT_EQ(held->dimensions(), 3u);
    asked.clear();
    auto const second = fill(7, {"b", "d"}, held).value();
    EXPECT_EQ(asked, (std::vector<std::size_t>{1}));
    EXPECT_EQ(second.held, 2);
    EXPECT_FALSE(held->vector_of("a"));
}

TEST_F(EncodedTest, KeepsWhatCameBeforeAFailure) {
    broken = Error{Errc::unavailable, "model_unavailable", "gone"};
    std::shared_ptr<Scan> held;
    auto const out = fill(7, {"a", "b", "c", "d"}, held).value();
    EXPECT_EQ(out.problem->reason, "model_unavailable");
    EXPECT_EQ(out.held, 2);
    broken.reset(), asked.clear();
    EXPECT_EQ(fill(7, {"a", "b", "c", "d"}, held)->sent, 2);
    EXPECT_EQ(asked, (std::vector<std::size_t>{2, 3}));
}

TEST_F(EncodedTest, KeepsEncodersApart) {
    std::shared_ptr<Scan> one, other;
    ASSERT_TRUE(fill(7, {"a"}, one));
    EXPECT_FALSE(open_encoded(at(8)).value());
    components = 5;
    auto const changed = fill(7, {"a", "b"}, one).value();
    EXPECT_EQ(changed.problem->reason, "wrong_dimension") << "the same name, another model behind it";
    ASSERT_TRUE(fill(8, {"a"}, other));
    EXPECT_EQ(other->dimensions(), 5u);
    one.reset();
    EXPECT_FALSE(open_encoded(at(7)).value()) << "the file of the one before is gone";
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(fill(8, {"x"}, other, {.stop = stop.get_token()}).error().reason, "cancelled");
}

}  // namespace
}  // namespace kindling::vector
