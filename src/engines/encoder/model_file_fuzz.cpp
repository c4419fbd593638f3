// Any bytes as an ONNX file: read, made ready and computed, with small limits; whatever is wrong is an error with words.
#include "core/fuzz_seeds.h"
#include "engines/encoder/encoder.h"
#include <cstdlib>
#include <string>

using namespace kindling::encoder;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static auto const words = WordPiece::read("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\n##c\n", {}).value();
    constexpr std::size_t limit = 1 << 12;
    auto graph = read_model({reinterpret_cast<const char*>(data), size}, {}, limit);
    if (!graph) return graph.error().message.empty() ? std::abort(), 0 : 0;
    auto const encoder = Encoder::make({std::move(*graph), words, Pooling::mean, 4}, limit);
    if (!encoder) return encoder.error().message.empty() ? std::abort(), 0 : 0;
    std::string const texts[] = {"abc", "a b c a b c"};
    if (auto const made = (*encoder)->encode(texts); made)
        for (auto const& vector : *made)
            if (vector.size() != (*encoder)->dimensions()) std::abort();
    return 0;
}

// Made with onnx.helper: a table of halves looked up, a product with a bias, softmax; and centred rows given a shape that is computed.
KINDLING_FUZZ_SEEDS(
    "\010\010:\357\001\012\023\012\001w\012\003ids\022\001x\042\006Gather\012\021\012\001x\012\001v\022\001p\042\006MatMul\012\016\012\001p\012\001b\022\001a\042\003Add\012%\012\001a\022\001y\042\007Softmax*\024\012\004axis\030\377\377\377\377\377\377\377\377\377\001\240\001\002\022\001g*'\010\007\010\002\020\012B\001wJ\034\000\000\000<\000@\000B\000D\000E\000F\000G\000H\200H\000I\200I\000J\200J*\033\010\002\010\002\020\001B\001vJ\020\000\000\200\077\000\000\200\277\000\000\000\077\000\000\000@*\021\010\002\020\001B\001bJ\010\000\000\200\077\000\000\000@Z\027\012\003ids\022\020\012\016\010\007\022\012\012\003\022\001b\012\003\022\001sb\031\012\001y\022\024\012\022\010\001\022\016\012\003\022\001b\012\003\022\001s\012\002\010\002B\004\012\000\020\015"sv,
    "\010\010:\302\002\012\023\012\001w\012\003ids\022\001x\042\006Gather\012(\012\001x\022\001m\042\012ReduceMean*\024\012\004axes@\377\377\377\377\377\377\377\377\377\001\240\001\007\012\016\012\001x\012\001m\022\001c\042\003Sub\012\015\012\001c\022\001s\042\005Shape\012\023\012\001s\012\0010\012\0012\022\001k\042\005Slice\012\037\012\001k\012\002-1\022\001r\042\006Concat*\013\012\004axis\030\000\240\001\002\012\022\012\001c\012\001r\022\001y\042\007Reshape\022\001g*'\010\007\010\002\020\012B\001wJ\034\000\000\000<\000@\000B\000D\000E\000F\000G\000H\200H\000I\200I\000J\200J*\021\010\001\020\007B\0010J\010\000\000\000\000\000\000\000\000*\021\010\001\020\007B\0012J\010\002\000\000\000\000\000\000\000*\022\010\001\020\007B\002-1J\010\377\377\377\377\377\377\377\377Z\027\012\003ids\022\020\012\016\010\007\022\012\012\003\022\001b\012\003\022\001sb\031\012\001y\022\024\012\022\010\001\022\016\012\003\022\001b\012\003\022\001s\012\002\010\002B\004\012\000\020\014"sv,
    "\102\002\020\021"sv)
