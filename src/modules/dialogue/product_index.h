// modules/dialogue/product_index.h -- free text to products, over engines/text/index: relevance, typing mistakes, suggestions.
//
// A word that names goods ("mouse", where most texts with it have it in a title) is missing where only a description mentions it: from three goods on that are
// called so, those are not found; what only mentions it stands lower.
//
// Constraints, facets and totals are not its business: those are counted exactly on the snapshot (select.h, search.cpp). The
// index is kept under `folder`, reopened by mapping, and caught up with changes; a bookmark says which snapshot it holds.
// One process keeps the files: a second one beside it (a command while the server runs) has its index in memory.
// Threads: one writer (rebuild, apply, save); everything else from any thread.
#pragma once
#include "engines/text/index/index.h"
#include "modules/dialogue/select.h"
#include <filesystem>
#include <functional>
#include <mutex>

namespace kindling::dialogue {

class ProductIndex {
public:
    struct Options {
        std::filesystem::path folder = {};                                           // empty: memory only
        std::string dictionary = "/usr/lib/python3/dist-packages/jieba/dict.txt";   // of Debian's python3-jieba; missing: bigrams
    };
    // A folder written under another schema or damaged is emptied: the catalogue is the truth, the index is derived.
    static Result<std::unique_ptr<ProductIndex>> open(Options);

    // Makes the index hold exactly this view; what did not change is not written again when the bookmark fits.
    Result<void> rebuild(CatalogueView const&);
    Result<void> apply(CatalogueView const&, std::span<std::string const> changed, std::span<std::string const> gone);
    Result<void> save();
    // Words of this shop that mean the same, beside the built-in ones.
    void set_synonyms(std::span<std::vector<std::string> const>);

    // Relevance of every product that matches, best 1.0.
    TextScores scores(CatalogueView const&, std::string_view words) const;
    struct Found { std::vector<std::pair<std::size_t, double>> products; std::vector<std::pair<std::string, std::string>> corrections; std::vector<std::string> terms; bool whole = false, some_words = false, left_out = false; std::vector<std::size_t> with_all; std::size_t guessed = 0; };  // whole: some product has every word; some_words: others count too, and those that have every word are in with_all; guessed: words that nothing here has, mended or left out; left_out: some were
    // The best `limit` products (at most 10,000), as indexes into the view; `every`: all, of which the best 1,000 come first and in order.
    static constexpr std::size_t every = SIZE_MAX;
    enum class Typing { finished, going_on };  // going_on: the last word may be unfinished
    // Whether a word, as the index spells it, names goods here.
    using NamesGoods = std::function<bool(std::string_view word)>;
    Result<Found> search(CatalogueView const&, std::string_view words, std::size_t limit, NamesGoods const& names = {}, Typing = Typing::finished) const;
    // `text` with what `terms` (of Found) match in <mark>, HTML-escaped, cut to about 160 bytes around the first match; empty without one.
    std::string highlight(std::string_view text, std::span<std::string const> terms) const;

    // A product as it is indexed: texts are title, kind, facts, description.
    text::Document document(CatalogueView const&, std::size_t product) const;
    // Changes whenever what is indexed of a product changes.
    static std::uint64_t mark(text::Document const&);
    // The words of a text, at most `most`, one spelling for each place (the stem).
    std::vector<std::string> words(std::string_view text, std::size_t most) const;

    ~ProductIndex();

private:
    ProductIndex() = default;
    std::shared_ptr<text::Analyzer> analyzer_;
    std::unique_ptr<text::Index> index_;
    // Which product of a view each document of a segment is, made by the writer: a search that finds 20,000 would look up as many ids. A view or a segment
    // that is not in it is asked by id.
    struct Places { std::uint64_t numbering = 0; std::vector<std::pair<std::shared_ptr<void const>, std::shared_ptr<std::vector<std::uint32_t> const>>> of; };
    void number(CatalogueView const&);
    mutable std::mutex numbering_;
    std::shared_ptr<Places const> places_;
    bool persistent_ = false;
    int lock_ = -1;  // flock on "<folder>.lock" while the files are ours
};

}  // namespace kindling::dialogue
