/** Reading protocol buffers with another program than the one that writes them here. */
import protobuf from "npm:protobufjs@8.8.1";

/**
 * A type of messages.
 *
 * @param schema Its description and those of what it contains, as in a `.proto` file.
 * @param name Its name.
 */
export function protobufType(schema: string, name: string): protobuf.Type {
  return protobuf.parse(`syntax = "proto2"; ${schema}`, { keepCase: true }).root.lookupType(name);
}

/**
 * Reads a message.
 *
 * @param schema Its description and those of what it contains, as in a `.proto` file.
 * @param name Name of its type.
 * @param bytes The message.
 * @returns Its fields: integers as numbers, bytes as `Uint8Array`; what is not there is left out,
 * except lists, which are then empty.
 */
// deno-lint-ignore no-explicit-any
export function readProtobuf(schema: string, name: string, bytes: Uint8Array): any {
  const type = protobufType(schema, name);
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true });
}

/** What is used of TensorFlow's graphs (tensorflow/core/framework); a map is a list of entries. */
export const TENSORFLOW = `
message GraphDef { repeated NodeDef node = 1; optional VersionDef versions = 4; }
message VersionDef { optional int32 producer = 1; optional int32 min_consumer = 2; }
message NodeDef {
  optional string name = 1;
  optional string op = 2;
  repeated string input = 3;
  repeated AttrEntry attr = 5;
}
message AttrEntry { optional string key = 1; optional AttrValue value = 2; }
message AttrValue {
  optional ListValue list = 1;
  optional bytes s = 2;
  optional int64 i = 3;
  optional bool b = 5;
  optional int32 type = 6;
  optional TensorShapeProto shape = 7;
  optional TensorProto tensor = 8;
}
message ListValue { repeated int64 i = 3; }
message TensorShapeProto { repeated Dim dim = 2; }
message Dim { optional int64 size = 1; }
message TensorProto {
  optional int32 dtype = 1;
  optional TensorShapeProto tensor_shape = 2;
  optional bytes tensor_content = 4;
}`;

/** What is used of ONNX's models (onnx.proto). */
export const ONNX = `
message ModelProto {
  optional int64 ir_version = 1;
  optional string producer_name = 2;
  optional GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
}
message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  optional string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message AttributeProto {
  optional string name = 1;
  optional int64 i = 3;
  repeated int64 ints = 8;
  optional int32 type = 20;
}
message TensorProto {
  repeated int64 dims = 1;
  optional int32 data_type = 2;
  optional string name = 8;
  optional bytes raw_data = 9;
}
message ValueInfoProto {
  optional string name = 1;
  optional TypeProto type = 2;
  optional string doc_string = 3;
}
message TypeProto { optional TensorType tensor_type = 1; }
message TensorType { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
message TensorShapeProto { repeated Dimension dim = 1; }
message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }`;
