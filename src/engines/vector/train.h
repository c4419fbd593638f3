// engines/vector/train.h -- learning a Space from a shop's own texts and from what its shoppers did.
//
// 1. Words: how often two words stand within a few words of each other, as positive pointwise mutual information with the smoothed context
//    (Levy, Goldberg & Dagan 2015), factorised by randomised subspace iteration (svd.h). Rare words are left out. The words of a query count
//    as standing beside the words of what was clicked for it, so that words of shoppers come to stand near words of the catalogue.
// 2. Behaviour: in batches, what a query was answered with is pulled to it; what the rest of the batch was answered with, and as many items drawn
//    evenly (Yang et al. 2020), are pushed away (softmax, as StarSpace, Wu et al. 2018), by changing the words' vectors and the items' own
//    tokens; what is clicked or bought together the same way, one item in the place of the query. AdaGrad; a pull back to where the texts had
//    put a word.
//
// Deterministic for a seed. Cost: texts x window + nonzeros x dimensions; behaviour: epochs x examples x (words + batch) x dimensions.
// 24,576 product texts: see README.
#pragma once
#include <stop_token>

#include "engines/vector/space.h"

namespace kindling::vector {

struct ItemText {
    std::string id;
    Bag words;  // the weight of a word is that of its field: title 1, description less
};
// What was answered with an item: a click, an order, a judgement. weight: how much it says, > 0.
struct Answered {
    Bag query;
    std::uint32_t item = 0;  // number in the list of items
    float weight = 1;
};
// What went together: clicked in one visit, bought in one basket.
struct Together {
    std::uint32_t one = 0, other = 0;
    float weight = 1;
};

struct TrainOptions {
    std::uint32_t dimensions = 64, window = 8, fewest = 2;  // fewest: occurrences of a word that is learned
    std::size_t most_words = 60'000;                        // the most frequent ones
    double frequency = 1e-3;                                // a of a / (a + p)
    int epochs = 6;                                         // over behaviour
    std::size_t batch = 64, most_examples = 200'000;        // examples an epoch, drawn by weight beyond that
    double rate = 0.05, temperature = 0.1, anchor = 1e-3;
    std::uint64_t seed = 1;
    std::shared_ptr<const Space> start = {};                // go on from what texts taught before: step 1 is left out, new words of queries join empty
    std::stop_token stop = {};
};

// invalid_argument "nothing_to_learn": fewer than two words occur often enough; failed_precondition "cancelled".
Result<std::shared_ptr<const Space>> train(std::span<const ItemText> items, std::span<const Answered> answered, std::span<const Together> together, const TrainOptions& = {});

}  // namespace kindling::vector
