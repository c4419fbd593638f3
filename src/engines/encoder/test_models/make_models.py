#!/usr/bin/env python3
"""Writes the small encoders of encoder_test beside this file, with what ONNX Runtime makes of them: random weights, the styles in which BERT is exported.

usage: make_models.py     (PyPI: onnx, onnxruntime, numpy, tokenizers; only to make them anew)

  first   opset 11, as torch.onnx wrote it for years: layer normalisation and GELU node by node, shapes computed, weights as products without names, a pooler beside
  second  opset 17, as newer exports: LayerNormalization, mask by Where, weights turned by nodes, pooled inside ("sentence_embedding")
  third   opset 14, weights as halves in a second file, Gemm over flattened rows, CLS pooling, case and accents kept
  fourth  the first with weights of 8 bits (onnxruntime.quantization, dynamic)
  kinds   no BERT: a table in which words of three languages for one thing lie together (tests/encoder_folder.test.sh)
"""
import json, pathlib, shutil
import numpy as np, onnx, onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer

HERE = pathlib.Path(__file__).parent
WIDTH, HEADS, LAYERS, INNER, PLACES = 16, 2, 2, 32, 24
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz", *"0123456789.,!?-()'\"", *["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"],
          "linen", "dress", "##es", "##ing", "blue", "mug", "coffee", "the", "of", "cafe", "naive", "红", "色", "连", "衣", "裙", "杯", "子", "，", "。", "Café", "Linen", "É", "Ünder"]
TEXTS = ["linen dress", "Linen Dresses, blue!", "红色连衣裙", "a mug 马克杯 for coffee", "Café naïve ÉTÉ", "", "   ", "[CLS] [SEP] [MASK]", "x" * 130, "e\u0301t\u0301e\u0301 \u200b \ufffd\t\nend", "under_score@example.com 3.5%",
         "the blue mug of the cafe, the linen dress of the cafe and again the blue mug of the cafe until nothing more fits", "😀 emoji", "Ünder İstanbul ΣΊΣΥΦΟΣ", "ﬁne ½ Ⅷ", "한국어 ひらがな"]


class Model:
    """Nodes and weights of one graph; names are numbers, as an export's are."""
    def __init__(self, opset, seed, halves=False):
        self.opset, self.nodes, self.weights, self.random, self.count, self.halves = opset, [], [], np.random.default_rng(seed), 100, halves

    def name(self):
        self.count += 1
        return str(self.count)

    def node(self, op, *inputs, outputs=1, **attributes):
        out = [self.name() for _ in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), out, name=f"/{op}_{self.count}", **attributes))
        return out[0] if outputs == 1 else out

    def constant(self, value, dtype=np.float32):
        return self.node("Constant", value=numpy_helper.from_array(np.array(value, dtype)))

    def whole(self, *values): return self.constant(list(values), np.int64)

    def weight(self, *shape, spread=0.3, around=0.0, name=None):
        value = (self.random.normal(around, spread, shape)).astype(np.float16 if self.halves else np.float32)
        self.weights.append(numpy_helper.from_array(value, name or f"onnx::w_{self.name()}"))
        return self.node("Cast", self.weights[-1].name, to=TensorProto.FLOAT) if self.halves else self.weights[-1].name

    def axes(self, op, x, *axes, **attributes):
        if self.opset < 13 or (op.startswith("ReduceMean") and self.opset < 18): return self.node(op, x, axes=list(axes), **attributes)
        return self.node(op, x, self.whole(*axes), **attributes)

    def normalised(self, x):
        scale, shift = self.weight(WIDTH, spread=0.2, around=1), self.weight(WIDTH)
        if self.opset >= 17: return self.node("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)
        mean = self.axes("ReduceMean", x, -1)
        centred = self.node("Sub", x, mean)
        variance = self.axes("ReduceMean", self.node("Pow", centred, self.constant(2)), -1)
        return self.node("Add", self.node("Mul", self.node("Div", centred, self.node("Sqrt", self.node("Add", variance, self.constant(1e-12)))), scale), shift)

    def gelu(self, x):
        if self.opset == 11: return self.node("Mul", self.node("Mul", x, self.node("Add", self.node("Erf", self.node("Div", x, self.constant(np.sqrt(2)))), self.constant(1))), self.constant(0.5))
        return self.node("Mul", self.node("Mul", x, self.constant(0.5)), self.node("Add", self.node("Erf", self.node("Mul", x, self.constant(np.sqrt(0.5)))), self.constant(1)))

    def linear(self, x, wide_in, wide_out, rank=3):
        if self.halves and rank == 3:
            batch, length = (self.node("Gather", self.node("Shape", x), self.constant(i, np.int64), axis=0) for i in (0, 1))
            y = self.node("Gemm", self.node("Reshape", x, self.whole(-1, wide_in)), self.weight(wide_out, wide_in), self.weight(wide_out), transB=1)
            return self.node("Reshape", y, self.node("Concat", self.axes("Unsqueeze", batch, 0), self.axes("Unsqueeze", length, 0), self.whole(wide_out), axis=0))
        if rank == 2: return self.node("Gemm", x, self.weight(wide_out, wide_in), self.weight(wide_out), alpha=1.0, beta=1.0, transB=1)
        if self.opset >= 17: return self.node("Add", self.weight(wide_out), self.node("MatMul", x, self.node("Transpose", self.weight(wide_out, wide_in), perm=[1, 0])))
        return self.node("Add", self.node("MatMul", x, self.weight(wide_in, wide_out)), self.weight(wide_out))

    def heads(self, x, order):
        shape = self.node("Shape", x)
        batch, length = (self.node("Gather", shape, self.constant(i, np.int64), axis=0) for i in (0, 1))
        if self.opset == 11: parted = self.node("Concat", self.axes("Unsqueeze", batch, 0), self.axes("Unsqueeze", length, 0), self.whole(HEADS), self.whole(WIDTH // HEADS), axis=0)
        else: parted = self.whole(0, -1, HEADS, WIDTH // HEADS)
        return self.node("Transpose", self.node("Reshape", x, parted), perm=order)

    def encoder(self, kinds, mask):
        length = self.node("Gather", self.node("Shape", "input_ids"), self.constant(1, np.int64), axis=0)
        places = self.node("Slice", self.constant([list(range(PLACES))], np.int64), self.whole(0), self.axes("Unsqueeze", length, 0), self.whole(1))
        x = self.node("Add", self.node("Gather", self.weight(len(PIECES), WIDTH, name="embeddings.word_embeddings.weight"), "input_ids"), self.node("Gather", self.weight(PLACES, WIDTH), places))
        x = self.normalised(self.node("Add", x, self.node("Gather", self.weight(2, WIDTH), kinds)))
        for _ in range(LAYERS):
            q, k, v = (self.heads(self.linear(x, WIDTH, WIDTH), order) for order in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
            scores = self.node("Div", self.node("MatMul", q, k), self.constant(np.sqrt(WIDTH / HEADS)))
            scores = self.node("Where", mask, scores, self.constant(-3.4028235e38)) if self.opset >= 17 else self.node("Add", scores, mask)
            together = self.node("Transpose", self.node("MatMul", self.node("Softmax", scores, axis=3 if self.opset == 11 else -1), v), perm=[0, 2, 1, 3])
            x = self.normalised(self.node("Add", self.linear(self.node("Reshape", together, self.whole(0, -1, WIDTH)), WIDTH, WIDTH), x))
            x = self.normalised(self.node("Add", self.linear(self.gelu(self.linear(x, WIDTH, INNER)), INNER, WIDTH), x))
        return x

    def write(self, folder, inputs, outputs):
        for inner, outer, _ in outputs: self.nodes.append(helper.make_node("Identity", [inner], [outer]))
        graph = helper.make_graph(self.nodes, "main_graph", [helper.make_tensor_value_info(i, TensorProto.INT64, ["batch", "sequence"]) for i in inputs],
                                  [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for _, name, shape in outputs], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)], producer_name="kindling make_models.py", ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        if self.halves: onnx.save(model, folder / "model.onnx", save_as_external_data=True, location="model.onnx_data", size_threshold=64)
        else: onnx.save(model, folder / "model.onnx")


def added_mask(m):
    wide = m.axes("Unsqueeze", m.axes("Unsqueeze", "attention_mask", 1), 2)
    return m.node("Mul", m.node("Sub", m.constant(1), m.node("Cast", wide, to=TensorProto.FLOAT)), m.constant(-10000))


def first(folder):
    m = Model(11, 1)
    x = m.encoder("token_type_ids", added_mask(m))
    pooled = m.node("Tanh", m.linear(m.node("Gather", x, m.constant(0, np.int64), axis=1), WIDTH, WIDTH, rank=2))
    m.write(folder, ["input_ids", "attention_mask", "token_type_ids"], [(x, "last_hidden_state", ["batch", "sequence", WIDTH]), (pooled, "pooler_output", ["batch", WIDTH])])


def second(folder):
    m = Model(17, 2)
    shape = m.node("Shape", "input_ids")
    kinds = m.node("ConstantOfShape", shape, value=helper.make_tensor("", TensorProto.INT64, [1], [0]))
    wide = m.node("Expand", m.axes("Unsqueeze", "attention_mask", 1, 2), m.node("Concat", m.node("Slice", shape, m.whole(0), m.whole(1)), m.whole(1, 1), m.node("Slice", shape, m.whole(1), m.whole(2)), axis=0))
    x = m.encoder(kinds, m.node("Cast", wide, to=TensorProto.BOOL))
    mask = m.node("Cast", m.axes("Unsqueeze", "attention_mask", -1), to=TensorProto.FLOAT)
    mean = m.node("Div", m.axes("ReduceSum", m.node("Mul", x, mask), 1, keepdims=0), m.node("Clip", m.axes("ReduceSum", mask, 1, keepdims=0), m.constant(1e-9)))
    m.write(folder, ["input_ids", "attention_mask"], [(x, "token_embeddings", ["batch", "sequence", WIDTH]), (mean, "sentence_embedding", ["batch", WIDTH])])


def third(folder):
    m = Model(14, 3, halves=True)
    x = m.encoder("token_type_ids", added_mask(m))
    m.write(folder, ["input_ids", "token_type_ids", "attention_mask"], [(x, "last_hidden_state", ["batch", "sequence", WIDTH])])
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False, "model_max_length": 1000000000000000019884624838656, "cls_token": {"content": "[CLS]"}}))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))


def fourth(folder):
    quantize_dynamic(str(HERE / "first" / "model.onnx"), str(folder / "model.onnx"), weight_type=QuantType.QInt8)


def expected(folder, lower, cls):
    tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=lower)
    tokenizer.enable_truncation(PLACES)
    session, out = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"]), []
    for text in TEXTS:
        # A text's "[SEP]" is five pieces and no separator; the library cannot be told so, and zero width spaces keep it from seeing one.
        ids = tokenizer.encode(text.replace("[", "[\u200b")).ids
        given = {"input_ids": [ids], "attention_mask": [[1] * len(ids)], "token_type_ids": [[0] * len(ids)]}
        names = [o.name for o in session.get_outputs()]
        made = session.run(None, {i.name: np.array(given[i.name], np.int64) for i in session.get_inputs()})
        vector = made[names.index("sentence_embedding")][0] if "sentence_embedding" in names else made[0][0][0] if cls else made[0][0].mean(0)
        out.append({"text": text, "numbers": ids, "vector": [round(float(v), 7) for v in vector / np.linalg.norm(vector)]})
    (folder / "expected.json").write_text("[\n" + ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in out) + "\n]\n")


def kinds():
    folder = HERE / "kinds"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    things = [("mug", "cup", "tasse"), ("kettle", "boiler", "bouilloire"), ("lamp", "light", "luminaire"), ("rug", "carpet", "tapis"), ("chair", "seat", "fauteuil"), ("towel", "cloth", "serviette")]
    pieces, rows = PIECES[:5], [[0.5] + [0.0] * len(things)] * 5
    for i, words in enumerate(things):
        for word in words: pieces, rows = pieces + [word], rows + [[0.5] + [8.0 if k == i else 0.0 for k in range(len(things))]]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n")
    graph = helper.make_graph([helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])], "kinds", [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])],
                              [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", len(rows[0])])], [numpy_helper.from_array(np.array(rows, np.float32), "table")])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), folder / "model.onnx")


kinds()
for make in (first, second, third, fourth):
    folder = HERE / make.__name__
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n")
    (folder / "config.json").write_text(json.dumps({"max_position_embeddings": PLACES}))
    make(folder)
    expected(folder, make is not third, make is third)
