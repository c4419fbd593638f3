// engines/vector/encoded.h -- vectors that somebody else's encoder made of texts or pictures: one file for each encoder, filled with what is missing.
//
// A thing is kept under a key that is its content (a hash, a content address), so the same thing is never sent twice, whoever shows it. Each encoder has a file of its own,
// <folder>/<name>-<encoder>.<components>: a vector of another encoder is silent nonsense. The file's ending is the number of components, for whoever opens it has to know.
//
// Threads: a fill is one at a time; the Scan may be asked meanwhile.
#pragma once
#include "core/progress.h"
#include "engines/vector/scan.h"

namespace kindling::vector {

// The Scan of <file>.<dimensions>, made where there is none; folders too. What is damaged, or of another space, is begun anew; `told` gets a sentence about it, and stays as it was otherwise.
// failed_precondition "vectors_in_use", unavailable "vectors_not_written", invalid_argument "vector_invalid" (dimensions).
Result<std::shared_ptr<Scan>> open_or_begin(std::filesystem::path file, std::size_t dimensions, std::uint64_t space, std::string& told);
// Removes the files of `kept`'s folder whose names begin with `all`, but for those of `kept` (named without ending). One that somebody still reads goes when they close it.
void remove_others(std::filesystem::path const& kept, std::string_view all);

struct EncodedPlace {
    std::filesystem::path folder;   // empty: nothing is kept
    std::string name;               // of one shop and one use: "encoded-1"
    std::uint64_t encoder = 0;      // a fingerprint of whatever makes vectors comparable
    std::function<void(std::string_view)> tell = {};   // what was damaged and is made anew; empty: nobody is told
    std::filesystem::path file() const;   // without its ending
};

// Null where there is none (`dimensions` 0: whatever there is). A damaged file is made anew. Otherwise fails as Scan::open.
Result<std::shared_ptr<Scan>> open_encoded(EncodedPlace const&, std::size_t dimensions = 0);

struct Filled {
    std::int64_t sent = 0, held = 0;  // things
    std::optional<Error> problem;     // why it ended early; what came before is kept
};
// Gives the vectors of some keys, by their places in the list; an empty vector: of this one none can be made.
using EncodeSome = std::function<Result<std::vector<std::vector<float>>>(std::span<std::size_t const>)>;
// Has encoded what `held` does not hold of `keys`, `batch` at a time and in their order, forgets what is not among them, lays the graph, saves, and removes the files of other encoders. `held` is opened where
// it is null. An error only when the vectors cannot be kept (Scan's), or "cancelled". problem: the encoder's own, or failed_precondition "wrong_dimension".
Result<Filled> fill_encoded(EncodedPlace const&, std::shared_ptr<Scan>& held, std::span<std::string const> keys, std::size_t batch, EncodeSome const&, Progress const&, std::string_view doing);

}  // namespace kindling::vector
