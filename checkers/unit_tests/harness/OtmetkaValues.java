// Plain values as bytes, and back: both cells of a bridge have this file. Nothing that is read is trusted: an IOException is
// thrown for whatever is no value, and no more is made than the bytes that are there can stand for.
//
// A type is a word: Z B C S I J F D for primitive types, small letters for their boxes, t a String, [x an array, lx a List,
// ux a Set, mxy a Map.
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class OtmetkaValues {
  static final int MOST_BYTES = 8 << 20; // of one message

  private OtmetkaValues() {}

  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    void number(int number) throws IOException {
      out.writeInt(number);
    }

    void mark(int mark) throws IOException {
      out.writeByte(mark);
    }

    void put(String type, Object value) throws IOException {
      put(new Type(type), value);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private void put(Type type, Object value) throws IOException {
      if (out.size() > MOST_BYTES) {
        throw new IOException("longer than 8 MiB");
      }
      char kind = type.next();
      if (!Type.isPrimitive(kind)) {
        out.writeBoolean(value != null);
        if (value == null) {
          type.skipParts(kind);
          return;
        }
      }
      switch (Character.toUpperCase(kind)) {
        case 'Z': out.writeBoolean((Boolean) value); break;
        case 'B': out.writeByte((Byte) value); break;
        case 'C': out.writeChar((Character) value); break;
        case 'S': out.writeShort((Short) value); break;
        case 'I': out.writeInt((Integer) value); break;
        case 'J': out.writeLong((Long) value); break;
        case 'F': out.writeInt(Float.floatToRawIntBits((Float) value)); break;
        case 'D': out.writeLong(Double.doubleToRawLongBits((Double) value)); break;
        case 'T': putText((String) value); break;
        case '[': putArray(type, value); break;
        case 'M': putMap(type, (Map<?, ?>) value); break;
        default: putAll(type, ((Collection<?>) value).toArray()); break;
      }
    }

    private void putText(String text) throws IOException {
      out.writeInt(text.length());
      out.writeChars(text);
    }

    private void putArray(Type type, Object array) throws IOException {
      int size = Array.getLength(array);
      out.writeInt(size);
      int part = type.place();
      for (int i = 0; i < size; ++i) {
        type.goBack(part);
        put(type, Array.get(array, i));
      }
      type.goBack(part);
      type.skip();
    }

    private void putAll(Type type, Object[] items) throws IOException {
      putArray(type, items);
    }

    private void putMap(Type type, Map<?, ?> map) throws IOException {
      Object[] entries = map.entrySet().toArray();
      out.writeInt(entries.length);
      int parts = type.place();
      for (Object entry : entries) {
        type.goBack(parts);
        put(type, ((Map.Entry<?, ?>) entry).getKey());
        put(type, ((Map.Entry<?, ?>) entry).getValue());
      }
      type.goBack(parts);
      type.skip();
      type.skip();
    }
  }

  static final class Reader {
    private final ByteArrayInputStream bytes;
    private final DataInputStream in;

    Reader(byte[] message) {
      bytes = new ByteArrayInputStream(message);
      in = new DataInputStream(bytes);
    }

    int number() throws IOException {
      return in.readInt();
    }

    int mark() throws IOException {
      return in.readByte();
    }

    boolean isAtEnd() {
      return bytes.available() == 0;
    }

    // Of things that take so many bytes each at the least.
    int count(int bytesEach) throws IOException {
      int count = in.readInt();
      if (count < 0 || count > bytes.available() / bytesEach) {
        throw new IOException("more than there is");
      }
      return count;
    }

    Object take(String type) throws IOException {
      return take(new Type(type));
    }

    private boolean truth() throws IOException {
      int read = in.readByte();
      if (read != 0 && read != 1) {
        throw new IOException("no boolean");
      }
      return read == 1;
    }

    private Object take(Type type) throws IOException {
      char kind = type.next();
      if (!Type.isPrimitive(kind) && !truth()) {
        type.skipParts(kind);
        return null;
      }
      switch (Character.toUpperCase(kind)) {
        case 'Z': return truth();
        case 'B': return in.readByte();
        case 'C': return in.readChar();
        case 'S': return in.readShort();
        case 'I': return in.readInt();
        case 'J': return in.readLong();
        case 'F': return Float.intBitsToFloat(in.readInt());
        case 'D': return Double.longBitsToDouble(in.readLong());
        case 'T': return takeText();
        case '[': return takeArray(type);
        case 'M': return takeMap(type);
        default: return takeAll(type, kind == 'l' ? new ArrayList<>() : new LinkedHashSet<>());
      }
    }

    private String takeText() throws IOException {
      char[] text = new char[count(2)];
      for (int i = 0; i < text.length; ++i) {
        text[i] = in.readChar();
      }
      return new String(text);
    }

    private Object takeArray(Type type) throws IOException {
      int part = type.place();
      Object array = Array.newInstance(type.partClass(), count(1));
      for (int i = 0; i < Array.getLength(array); ++i) {
        type.goBack(part);
        Array.set(array, i, take(type));
      }
      type.goBack(part);
      type.skip();
      return array;
    }

    private Object takeAll(Type type, Collection<Object> into) throws IOException {
      int part = type.place();
      for (int left = count(1); left > 0; --left) {
        type.goBack(part);
        into.add(take(type));
      }
      type.goBack(part);
      type.skip();
      return into;
    }

    private Object takeMap(Type type) throws IOException {
      Map<Object, Object> into = new LinkedHashMap<>();
      int parts = type.place();
      for (int left = count(2); left > 0; --left) {
        type.goBack(parts);
        Object key = take(type);
        into.put(key, take(type));
      }
      type.goBack(parts);
      type.skip();
      type.skip();
      return into;
    }
  }

  // A type's word and a place in it.
  static final class Type {
    private final String word;
    private int at = 0;

    Type(String word) {
      this.word = word;
    }

    static boolean isPrimitive(char kind) {
      return kind >= 'A' && kind <= 'Z';
    }

    char next() {
      return word.charAt(at++);
    }

    int place() {
      return at;
    }

    void goBack(int place) {
      at = place;
    }

    void skip() {
      skipParts(next());
    }

    void skipParts(char kind) {
      for (int parts = kind == 'm' ? 2 : kind == '[' || kind == 'l' || kind == 'u' ? 1 : 0; parts > 0; --parts) {
        skip();
      }
    }

    // The class of what stands here; the place stays.
    Class<?> partClass() {
      int start = at;
      char kind = next();
      Class<?> out = kind == '[' ? Array.newInstance(partClass(), 0).getClass() : plainClass(kind);
      at = start;
      return out;
    }
  }

  static Class<?> classOf(String type) {
    return type.equals("V") ? void.class : new Type(type).partClass();
  }

  private static Class<?> plainClass(char kind) {
    switch (kind) {
      case 'Z': return boolean.class;
      case 'B': return byte.class;
      case 'C': return char.class;
      case 'S': return short.class;
      case 'I': return int.class;
      case 'J': return long.class;
      case 'F': return float.class;
      case 'D': return double.class;
      case 'z': return Boolean.class;
      case 'b': return Byte.class;
      case 'c': return Character.class;
      case 's': return Short.class;
      case 'i': return Integer.class;
      case 'j': return Long.class;
      case 'f': return Float.class;
      case 'd': return Double.class;
      case 't': return String.class;
      case 'l': return List.class;
      case 'u': return Set.class;
      default: return Map.class;
    }
  }
}
