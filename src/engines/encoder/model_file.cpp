#include "engines/encoder/model_file.h"
#include "engines/encoder/wire.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <fstream>

namespace kindling::encoder {

namespace {

// onnx.proto3, TensorProto.DataType
enum class Type : std::int64_t { float32 = 1, uint8 = 2, int8 = 3, int32 = 6, int64 = 7, boolean = 9, float16 = 10, float64 = 11, bfloat16 = 16 };
constexpr std::size_t table = 1'024;  // from this many on, 8-bit numbers are weights

// IEEE 754 half precision; what lies between is exact in float.
float from_half(std::uint16_t half) {
    auto const sign = (half & 0x8000u) << 16, exponent = (half >> 10) & 0x1Fu, fraction = half & 0x3FFu;
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000u | (fraction << 13));
    auto const size = exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24) : std::ldexp(static_cast<float>(fraction | 0x400u), static_cast<int>(exponent) - 25);
    return sign ? -size : size;
}

template <class Stored> Stored stored(char const* at) {
    Stored value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::size_t width_of(Type type) {
    switch (type) {
    case Type::float32: case Type::int32: return 4;
    case Type::uint8: case Type::int8: case Type::boolean: return 1;
    case Type::float16: case Type::bfloat16: return 2;
    case Type::int64: case Type::float64: return 8;
    }
    return 0;
}

Tensor from_bytes(Type type, Shape shape, std::size_t size, char const* at) {
    auto const fill = [&]<class Stored>(Stored, auto&& value) {
        auto const as_real = type == Type::float32 || type == Type::float16 || type == Type::float64 || type == Type::bfloat16 || ((type == Type::uint8 || type == Type::int8) && size >= table);
        auto out = as_real ? make_reals(std::move(shape), size) : make_integers(std::move(shape), size);
        for (std::size_t i = 0; i < size; ++i)
            if (auto const v = value(stored<Stored>(at + i * sizeof(Stored))); as_real) out.reals[i] = static_cast<float>(v);
            else out.integers[i] = static_cast<std::int64_t>(v);
        return out;
    };
    auto const same = [](auto v) { return v; };
    switch (type) {
    case Type::float32: {
        auto out = make_reals(std::move(shape), size);
        if (size > 0) std::memcpy(out.reals.get(), at, size * sizeof(float));
        return out;
    }
    case Type::uint8: return fill(std::uint8_t{}, same);
    case Type::int8: return fill(std::int8_t{}, same);
    case Type::int32: return fill(std::int32_t{}, same);
    case Type::int64: return fill(std::int64_t{}, same);
    case Type::boolean: return fill(std::uint8_t{}, [](auto v) { return v != 0 ? 1 : 0; });
    case Type::float16: return fill(std::uint16_t{}, from_half);
    case Type::bfloat16: return fill(std::uint16_t{}, [](std::uint16_t v) { return std::bit_cast<float>(std::uint32_t{v} << 16); });
    case Type::float64: return fill(double{}, same);
    }
    return make_reals(std::move(shape), size);
}

class Reader {
public:
    Reader(std::filesystem::path const& folder, std::size_t limit) : folder_(folder), limit_(limit) {}

    Result<Graph> model(std::string_view bytes) {
        Graph out;
        std::string_view graph;
        TRY(each_field(bytes, [&](Field const& f) -> Result<void> {
            if (f.number == 7) graph = f.bytes;
            if (f.number != 8) return {};
            std::string_view domain;
            std::int64_t version = 0;
            TRY(each_field(f.bytes, [&](Field const& g) -> Result<void> {
                if (g.number == 1) domain = g.bytes;
                if (g.number == 2) version = g.integer();
                return {};
            }));
            if (domain.empty() || domain == "ai.onnx") out.version = version;
            return {};
        }));
        if (graph.empty()) return broken("there is no graph in it; is this an ONNX model?");
        if (out.version < 7 || out.version > 30) return broken(fmt::format("opset {} of ONNX is none that is known here (7 to 30)", out.version));
        std::vector<std::string_view> inputs;
        TRY(each_field(graph, [&](Field const& f) -> Result<void> {
            switch (f.number) {
            case 1: out.nodes.push_back(TRY(node(f.bytes))); break;
            case 5: {
                auto [name, value] = TRY(tensor(f.bytes));
                out.constants.insert_or_assign(std::move(name), std::move(value));
                break;
            }
            case 11: inputs.push_back(f.bytes); break;
            case 12: {
                auto const [name, type, rank] = TRY(value_info(f.bytes));
                out.outputs.push_back({name, rank});
                break;
            }
            default: break;
            }
            return {};
        }));
        for (auto const bytes_of : inputs)
            if (auto const [name, type, rank] = TRY(value_info(bytes_of)); !out.constants.contains(name)) out.inputs.push_back({name, type == Type::float32 || type == Type::float16});
        return out;
    }

private:
    static std::unexpected<Error> broken(std::string why) { return fail(Errc::failed_precondition, "encoder_file_invalid", "It cannot be read: " + why + "."); }

    struct ValueInfo { std::string name; Type type = Type::int64; std::optional<std::size_t> rank; };
    Result<ValueInfo> value_info(std::string_view bytes) {
        ValueInfo out;
        TRY(each_field(bytes, [&](Field const& f) -> Result<void> {
            if (f.number == 1) out.name = f.bytes;
            if (f.number != 2) return {};
            return each_field(f.bytes, [&](Field const& type) -> Result<void> {
                if (type.number != 1) return {};
                return each_field(type.bytes, [&](Field const& tensor_type) -> Result<void> {
                    if (tensor_type.number == 1) out.type = static_cast<Type>(tensor_type.integer());
                    if (tensor_type.number != 2) return {};
                    out.rank = 0;
                    return each_field(tensor_type.bytes, [&](Field const& axis) -> Result<void> {
                        if (axis.number == 1) ++*out.rank;
                        return {};
                    });
                });
            });
        }));
        return out;
    }

    Result<Node> node(std::string_view bytes) {
        Node out;
        std::string domain;
        TRY(each_field(bytes, [&](Field const& f) -> Result<void> {
            switch (f.number) {
            case 1: out.inputs.emplace_back(f.bytes); break;
            case 2: out.outputs.emplace_back(f.bytes); break;
            case 3: out.name = f.bytes; break;
            case 4: out.operation = f.bytes; break;
            case 5: {
                auto [name, value] = TRY(attribute(f.bytes));
                out.attributes.insert_or_assign(std::move(name), std::move(value));
                break;
            }
            case 7: domain = f.bytes; break;
            default: break;
            }
            return {};
        }));
        if (!domain.empty() && domain != "ai.onnx") out.operation = domain + "." + out.operation;
        return out;
    }

    Result<std::pair<std::string, Attribute>> attribute(std::string_view bytes) {
        std::pair<std::string, Attribute> out;
        auto& a = out.second;
        TRY(each_field(bytes, [&](Field const& f) -> Result<void> {
            switch (f.number) {
            case 1: out.first = f.bytes; break;
            case 2: a.real = f.real(); break;
            case 3: a.integer = f.integer(); break;
            case 4: a.text = f.bytes; break;
            case 5: a.tensor = TRY(tensor(f.bytes)).second; break;
            case 6: case 11: a.graph = true; break;
            case 7: return each_real(f, [&](float v) { a.reals.push_back(v); });
            case 8: return each_integer(f, [&](std::int64_t v) { a.integers.push_back(v); });
            default: break;
            }
            return {};
        }));
        return out;
    }

    Result<std::pair<std::string, Tensor>> tensor(std::string_view bytes) {
        std::string name;
        Shape shape;
        Type type{};
        std::string_view raw;
        std::vector<float> reals;
        std::vector<double> doubles;
        std::vector<std::int64_t> integers;
        std::map<std::string, std::string, std::less<>> elsewhere;
        TRY(each_field(bytes, [&](Field const& f) -> Result<void> {
            switch (f.number) {
            case 1: return each_integer(f, [&](std::int64_t v) { shape.push_back(v); });
            case 2: type = static_cast<Type>(f.integer()); break;
            case 4: return each_real(f, [&](float v) { reals.push_back(v); });
            case 5: case 7: return each_integer(f, [&](std::int64_t v) { integers.push_back(v); });
            case 8: name = f.bytes; break;
            case 9: raw = f.bytes; break;
            case 10: return each_double(f, [&](double v) { doubles.push_back(v); });
            case 13: {
                std::string key, value;
                TRY(each_field(f.bytes, [&](Field const& entry) -> Result<void> {
                    (entry.number == 1 ? key : value) = entry.bytes;
                    return {};
                }));
                elsewhere[key] = value;
                break;
            }
            default: break;
            }
            return {};
        }));
        auto const width = width_of(type);
        if (width == 0) return broken(fmt::format("tensor {} has type {} of ONNX, which is not read here (float, float16, bfloat16, double, int8, uint8, int32, int64 and bool are)", name, static_cast<std::int64_t>(type)));
        auto const size = TRY(count_of(shape, limit_));
        std::string held;
        if (!elsewhere.empty()) raw = held = TRY(other_file(name, elsewhere, size * width));
        if (raw.size() == size * width) return std::pair(std::move(name), from_bytes(type, std::move(shape), size, raw.data()));
        if (!raw.empty() || std::max({reals.size(), doubles.size(), integers.size()}) != size) return wrong_shape(fmt::format("Tensor {} of shape {} has {} numbers.", name, text_of(shape), raw.empty() ? std::max({reals.size(), doubles.size(), integers.size()}) : raw.size() / width));
        // The same numbers in protobuf's own lists; half precision comes as the bits of whole numbers.
        std::string packed(size * width, '\0');
        for (std::size_t i = 0; i < size; ++i) {
            auto const put = [&](auto value) { std::memcpy(packed.data() + i * width, &value, sizeof value); };
            if (type == Type::float32 && reals.size() == size) put(reals[i]);
            else if (type == Type::float64 && doubles.size() == size) put(doubles[i]);
            else if (type != Type::float32 && type != Type::float64 && integers.size() == size) std::memcpy(packed.data() + i * width, &integers[i], width);  // little endian
            else return wrong_shape(fmt::format("Tensor {} has its numbers under another type.", name));
        }
        return std::pair(std::move(name), from_bytes(type, std::move(shape), size, packed.data()));
    }

    Result<std::string> other_file(std::string const& name, std::map<std::string, std::string, std::less<>> const& entries, std::size_t bytes) {
        auto const value = [&](std::string_view key) { auto const found = entries.find(key); return found == entries.end() ? std::string() : found->second; };
        auto const file = value("location");
        // A name beside the model, and no way out of its folder.
        if (folder_.empty() || file.empty() || file.find('/') != std::string::npos || file.starts_with(".")) return broken(fmt::format("tensor {} lies in another file, \"{}\", which is not beside the model", name, file));
        std::ifstream in(folder_ / file, std::ios::binary);
        if (!in) return broken(fmt::format("tensor {} lies in {}, which is missing", name, file));
        std::error_code none;
        auto const whole = std::filesystem::file_size(folder_ / file, none);
        auto const offset = std::strtoull(value("offset").c_str(), nullptr, 10);
        if (none || offset > whole || bytes > whole - offset) return broken(fmt::format("{} is cut off: tensor {} needs {} bytes from {} on and the file has {}", file, name, bytes, offset, whole));
        std::string out(bytes, '\0');
        in.seekg(static_cast<std::streamoff>(offset));
        if (!in.read(out.data(), static_cast<std::streamsize>(bytes))) return broken(file + " cannot be read");
        return out;
    }

    std::filesystem::path const& folder_;
    std::size_t limit_;
};

}  // namespace

std::int64_t Node::integer(std::string_view key, std::int64_t otherwise) const {
    auto const found = attributes.find(key);
    return found == attributes.end() ? otherwise : found->second.integer;
}

float Node::real(std::string_view key, float otherwise) const {
    auto const found = attributes.find(key);
    return found == attributes.end() ? otherwise : found->second.real;
}

std::string Node::label() const { return name.empty() ? operation : fmt::format("{} ({})", operation, name); }

Result<Graph> read_model(std::string_view bytes, std::filesystem::path const& folder, std::size_t limit) { return Reader(folder, limit).model(bytes); }

}  // namespace kindling::encoder
