// guide_checks.h -- what a written dialogue expects of each answer, read from its file and checked against the generated world
// itself. It shares no code with the guide's understanding or selection.
#pragma once
#include "modules/dialogue/guide.h"
#include "shop/simulator/world.h"
#include <filesystem>

namespace kindling::bench {

struct Expectation {
    std::string what;                 // in, not-in, number, price, has, without, without-value, titled, brand, not-brand, cheaper, …
    std::vector<std::string> words;   // its arguments
    int line = 0;
};
struct WrittenTurn { std::string text; std::vector<Expectation> expectations; int line = 0; };
struct WrittenDialogue { std::string file, name, page_category; int page_number = 0; std::vector<WrittenTurn> turns; };

std::vector<std::string> parts_of(std::string const& text, char by);  // what stands between, nothing left out
Result<std::vector<WrittenDialogue>> read_dialogues(std::filesystem::path const& folder);

struct Tally {
    std::int64_t turns = 0, checks = 0, kept = 0, invented = 0, empty_ends = 0, other = 0, other_kept = 0;
    std::int64_t topical = 0, topical_kept = 0, shelved = 0, shelved_kept = 0;   // cards about what was wished for; cards of the category that was meant
    std::vector<std::string> faults;
};

// Judges one answer. `before`: cards of the last list that was shown.
class Judge {
public:
    explicit Judge(dialogue::CatalogueView::Source const& shop);  // which must outlive it
    void judge(WrittenDialogue const&, WrittenTurn const&, dialogue::Turn const&, std::span<dialogue::Card const> before, std::span<std::string const> spoken, Tally&, std::span<dialogue::Card const> set = {}) const;  // set: of the last set that was shown
    std::string product_of(std::string_view category, int number) const;

private:
    struct Thing { shop::Product const* product; shop::Variant const* variant; std::string parent; dialogue::Standing standing; };
    bool meets(Thing const&, Expectation const&, std::span<dialogue::Card const> before) const;
    void facts(dialogue::Turn const&, std::span<std::string const> spoken, std::span<dialogue::Card const> set, std::string const& where, Tally&) const;
    std::vector<Thing> things_;                     // every variant on sale
    std::map<std::string, std::size_t> by_sku_;
};

}  // namespace kindling::bench
