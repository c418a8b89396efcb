package dev.resync.cli.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * One message of MongoDB's wire protocol, kept as the bytes that it is (source: the protocol's specification, message
 * header and OP_MSG). Only what a proxy must know is read.
 *
 * @param bytes header and all; not to be changed
 */
record WireMessage(byte[] bytes) {

    private static final int HEADER = 16;
    private static final int LARGEST = 48_000_000;
    private static final int OP_MSG = 2013;
    private static final int FLAGS = 4;
    private static final int BODY = 0;
    private static final int SEQUENCE = 1;

    /** Reads the next message; raises {@link java.io.EOFException} at the end. */
    static WireMessage read(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        in.readFully(header);
        int length = little(header).getInt(0);
        if (length < HEADER || length > LARGEST) {
            throw new IOException("a message of " + length + " bytes is none of MongoDB's wire protocol");
        }
        byte[] bytes = new byte[length];
        System.arraycopy(header, 0, bytes, 0, HEADER);
        in.readFully(bytes, HEADER, length - HEADER);
        return new WireMessage(bytes);
    }

    /** Returns the number that the answer refers to. */
    int requestId() {
        return little(bytes).getInt(4);
    }

    /** Returns the number of the request that this is an answer to. */
    int responseTo() {
        return little(bytes).getInt(8);
    }

    /** Returns the command; empty where the message is not one that names a database, such as a handshake of old. */
    Optional<WireCommand> command() {
        if (little(bytes).getInt(12) != OP_MSG) {
            return Optional.empty();
        }
        RawBsonDocument body = null;
        List<RawBsonDocument> documents = new ArrayList<>();
        int at = HEADER + FLAGS;
        while (at < bytes.length) {
            int size = little(bytes).getInt(at + 1);
            if (bytes[at] == BODY) {
                body = new RawBsonDocument(bytes, at + 1, size);
            } else if (bytes[at] == SEQUENCE) {
                addSequence(at + 1, size, documents);
            } else {
                // The checksum, which is not a section, or something newer than this.
                break;
            }
            at += 1 + size;
        }
        return body == null
                ? Optional.empty()
                : Optional.of(new WireCommand(
                        body.getFirstKey(), body.getString("$db").getValue(), body, documents));
    }

    /** Size, identifier, and documents one after the other. */
    private void addSequence(int start, int size, List<RawBsonDocument> documents) {
        int at = start + Integer.BYTES;
        while (bytes[at] != 0) {
            at++;
        }
        at++;
        while (at < start + size) {
            int length = little(bytes).getInt(at);
            documents.add(new RawBsonDocument(bytes, at, length));
            at += length;
        }
    }

    /** Returns an answer to this message. */
    WireMessage answer(BsonDocument document) {
        return answerTo(requestId(), document);
    }

    /** Returns an answer to what this message answers. */
    WireMessage insteadOf(BsonDocument document) {
        return answerTo(responseTo(), document);
    }

    private static WireMessage answerTo(int request, BsonDocument document) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(body)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
        }
        int length = HEADER + FLAGS + 1 + body.size();
        ByteBuffer answer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        answer.putInt(length).putInt(0).putInt(request).putInt(OP_MSG).putInt(0).put((byte) 0);
        answer.put(body.toByteArray());
        return new WireMessage(answer.array());
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
