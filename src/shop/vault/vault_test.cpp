// Sealed fields open only where they belong; keys, look-ups and passwords keep their promises.
#include "shop/vault/vault.h"
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace kindling::shop {
namespace {

class VaultTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("kindling-vault-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path key() const { return folder_ / "secret.key"; }
    std::unique_ptr<Vault> vault() const { return std::move(*Vault::open(key())); }
    std::filesystem::path folder_;
};

TEST_F(VaultTest, WhatWasSealedOpensAgainAlsoAfterReopening) {
    std::string const values[] = {"", "a", "ada@example.com", "火种", std::string("\0\xff", 2), std::string(100'000, 'x')};
    for (auto const& plain : values) {
        auto const sealed = vault()->seal(1, "email", plain);
        auto const opened = vault()->open(1, "email", sealed);
        ASSERT_TRUE(opened) << opened.error().message;
        EXPECT_TRUE(*opened == plain);
        EXPECT_EQ(sealed.size(), plain.size() + 40) << "nonce and tag";
        if (plain.size() > 4) { EXPECT_EQ(sealed.find(plain), sealed.npos); }
    }
}

TEST_F(VaultTest, EqualTextsAreSealedDifferently) {
    auto const v = vault();
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(v->seal(1, "email", "same"));
    EXPECT_EQ(seen.size(), 100u);
}

TEST_F(VaultTest, ASealIsBoundToShopPurposeAndKey) {
    auto const v = vault();
    auto const sealed = v->seal(1, "email", "ada@example.com");
    EXPECT_EQ(v->open(2, "email", sealed).error().reason, "cannot_open_sealed");
    EXPECT_EQ(v->open(1, "name", sealed).error().reason, "cannot_open_sealed");
    auto const other = *Vault::open(folder_ / "other.key");
    EXPECT_EQ(other->open(1, "email", sealed).error().reason, "cannot_open_sealed");
}

TEST_F(VaultTest, EveryChangedByteAndEveryTruncationIsFound) {
    auto const v = vault();
    auto const sealed = v->seal(1, "email", "ada");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto damaged = sealed;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        EXPECT_FALSE(v->open(1, "email", damaged)) << i;
        EXPECT_FALSE(v->open(1, "email", sealed.substr(0, i))) << i;
    }
    EXPECT_FALSE(v->open(1, "email", sealed + "x"));
}

TEST_F(VaultTest, TheKeyFileIsItsOwnersAlone) {
    vault();
    struct stat status{};
    ASSERT_EQ(::stat(key().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_EQ(status.st_size, 32);
    for (mode_t const open : {0640, 0604, 0660, 0644}) {
        ::chmod(key().c_str(), open);
        auto const refused = Vault::open(key());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, "key_file_readable");
    }
    ::chmod(key().c_str(), 0600);
    EXPECT_TRUE(Vault::open(key()));
}

TEST_F(VaultTest, AShortKeyFileIsDamagedAndIsNotReplaced) {
    for (std::size_t const size : {std::size_t(0), std::size_t(31)}) {
        std::ofstream(key(), std::ios::binary | std::ios::trunc) << std::string(size, 'k');
        ::chmod(key().c_str(), 0600);
        auto const refused = Vault::open(key());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, "key_file_damaged");
        EXPECT_EQ(std::filesystem::file_size(key()), size);
    }
}

TEST_F(VaultTest, AFolderThatIsNotThereIsTold) {
    auto const refused = Vault::open(folder_ / "missing" / "secret.key");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "store_unavailable");
}

TEST_F(VaultTest, LookupsAreEqualInOneShopAndKindOnly) {
    auto const v = vault();
    auto const here = v->lookup(1, "email", "ada@example.com");
    EXPECT_EQ(here, v->lookup(1, "email", "ada@example.com"));
    EXPECT_EQ(here.size(), 48u);
    std::set<std::string> const apart{here, v->lookup(2, "email", "ada@example.com"), v->lookup(1, "phone", "ada@example.com"), v->lookup(1, "email", "ada@example.con"), (*Vault::open(folder_ / "other.key"))->lookup(1, "email", "ada@example.com")};
    EXPECT_EQ(apart.size(), 5u);
}

TEST(Passwords, AreHashedWithSaltAndVerified) {
    auto const a = hash_password("correct horse"), b = hash_password("correct horse");
    EXPECT_NE(a, b);
    EXPECT_TRUE(a.starts_with("$argon2id$")) << a;
    EXPECT_NE(a.find("m=19456,t=2,p=1"), a.npos) << a;
    EXPECT_TRUE(verify_password("correct horse", a));
    EXPECT_TRUE(verify_password("correct horse", b));
    EXPECT_FALSE(verify_password("correct horsf", a));
    EXPECT_FALSE(verify_password("", a));
    EXPECT_FALSE(verify_password("x", ""));
    EXPECT_FALSE(verify_password("x", "not a hash"));
    EXPECT_TRUE(verify_password("", hash_password("")));
}

TEST(Tokens, AreHashedAndCompared) {
    EXPECT_EQ(token_hash("").size(), 64u);
    EXPECT_EQ(token_hash("a"), token_hash("a"));
    EXPECT_NE(token_hash("a"), token_hash("b"));
    // BLAKE2b-256 of "abc", from RFC 7693's reference program.
    EXPECT_EQ(token_hash("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_TRUE(same_secret("", ""));
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "ab"));
}

}  // namespace
}  // namespace kindling::shop
