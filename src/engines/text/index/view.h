// engines/text/index/view.h -- internal: what a snapshot sees, and BM25F over it.
//
// BM25F (Robertson & Zaragoza, The Probabilistic Relevance Framework, 2009, 3.5): a term's weighted frequency is
//   tf~ = sum over fields of boost * tf / (1 - b + b * length / average length),   score = idf * tf~ / (k1 + tf~),
//   idf = ln(1 + (N - df + 0.5) / (df + 0.5)).
// N, df and averages are over all segments and count deleted documents until a merge takes them away. tf is one of 16 levels
// (segment_format.h): exact up to 5, which with k1 = 0.3 is 94 % of all that a frequency can earn.
#pragma once
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engines/text/index/build.h"
#include "engines/text/index/index.h"
#include "engines/text/index/segment.h"

namespace kindling::text {

struct Setup {
    Schema schema;
    Language language;
};

// Every member of every set as its terms, found by those terms joined with \x1F.
struct Synonyms {
    std::vector<std::vector<std::vector<std::string>>> sets;
    std::multimap<std::string, std::size_t> set_of;
    std::size_t longest = 0;  // terms in the longest member
};

struct ViewSegment {
    std::shared_ptr<const Segment> segment;  // shared by the index and its snapshots
    std::shared_ptr<const Bits> deleted;     // the same; replaced, never changed
    std::uint32_t live = 0;
    bool is_deleted(std::uint32_t document) const { return test(*deleted, document); }
};

struct View {
    static constexpr std::size_t most_texts = 8;             // validate(Schema)
    static constexpr std::uint32_t longest_norm = 1023;  // words; longer values count as this long
    std::shared_ptr<const Setup> setup;
    std::shared_ptr<const Synonyms> synonyms;
    std::vector<ViewSegment> segments;
    std::uint64_t documents = 0, live = 0;
    std::uint32_t naming = 0;               // of frequency levels, those of fields that name
    std::vector<std::vector<float>> norms;  // [field][length]: boost / (1 - b + b * length / average)

    void finish() {
        documents = live = 0;
        auto const& texts = setup->schema.texts;
        std::vector<double> total(texts.size());
        for (auto const& s : segments) {
            documents += s.segment->documents();
            live += s.live;
            for (std::size_t f = 0; f < texts.size(); ++f) total[f] += static_cast<double>(s.segment->total_length(f));
        }
        naming = 0;
        for (std::size_t f = 0; f < texts.size(); ++f) naming |= texts[f].names ? 15u << (4 * f) : 0;
        norms.assign(texts.size(), std::vector<float>(longest_norm + 1));
        for (std::size_t f = 0; f < texts.size(); ++f) {
            auto const average = documents > 0 && total[f] > 0 ? total[f] / static_cast<double>(documents) : 1.0;
            for (std::uint32_t n = 0; n <= longest_norm; ++n) norms[f][n] = static_cast<float>(texts[f].boost / (1 - texts[f].b + texts[f].b * n / average));
        }
    }
    float idf(std::uint64_t document_frequency) const {
        auto const n = static_cast<double>(documents), df = static_cast<double>(std::min(document_frequency, documents));
        return static_cast<float>(std::log(1 + (n - df + 0.5) / (df + 0.5)));
    }
    // What the lengths of a document's texts come to, one per text field.
    void norms_of(std::span<const std::uint16_t> lengths, float* to) const {
        for (std::size_t f = 0; f < norms.size(); ++f) to[f] = norms[f][std::min<std::uint32_t>(lengths[f], longest_norm)];
    }
    // tf~ / (k1 + tf~) for a document's frequency levels. All fields are added, also those with level 0, which add nothing:
    // a loop that always runs as long is predicted.
    float saturation(std::uint32_t levels, const float* norms_of_document) const {
        float frequency = 0;
        for (std::size_t f = 0; f < norms.size(); ++f, levels >>= 4) frequency += frequency_levels[levels & 15] * norms_of_document[f];
        return frequency / (setup->schema.k1 + frequency);
    }
};

}  // namespace kindling::text
