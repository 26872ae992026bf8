// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Property lists as the device reads them, whichever way the host writes them. */
final class Plists {

	private static final int MAX_DEPTH = 64;

	private Plists() {
	}

	/** Reads a binary or XML property list. */
	static Object read(byte[] bytes) throws PlistException {
		return BinaryPlistReader.isBinary(bytes) ? BinaryPlistReader.read(bytes) : readXml(bytes);
	}

	/** Reads a property list that is a dictionary. */
	static Map<String, Object> readMap(byte[] bytes) throws PlistException {
		return map(read(bytes));
	}

	/** The dictionary that the value must be. */
	@SuppressWarnings("unchecked")
	static Map<String, Object> map(Object value) throws PlistException {
		if (value instanceof Map<?, ?> map) {
			return (Map<String, Object>) map;
		}
		throw new PlistException("not a dictionary");
	}

	private static Object readXml(byte[] bytes) throws PlistException {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try {
			XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
			next(xml);
			xml.require(XMLStreamConstants.START_ELEMENT, null, "plist");
			next(xml);
			return value(xml, 0);
		} catch (XMLStreamException | IllegalArgumentException | DateTimeParseException e) {
			throw new PlistException(String.valueOf(e.getMessage()));
		}
	}

	private static void next(XMLStreamReader xml) throws XMLStreamException {
		do {
			xml.next();
		} while (!xml.isStartElement() && !xml.isEndElement());
	}

	/** Reads the value whose start the reader is at, and stops at its end. */
	private static Object value(XMLStreamReader xml, int depth) throws XMLStreamException, PlistException {
		if (!xml.isStartElement() || depth > MAX_DEPTH) {
			throw new PlistException("no value at depth " + depth);
		}
		return switch (xml.getLocalName()) {
			case "dict" -> dictionary(xml, depth);
			case "array" -> array(xml, depth);
			case "string" -> xml.getElementText();
			case "integer" -> integer(xml.getElementText().strip());
			case "real" -> Double.valueOf(xml.getElementText().strip());
			case "date" -> Instant.parse(xml.getElementText().strip());
			case "data" -> Base64.getDecoder().decode(xml.getElementText().replaceAll("\\s", ""));
			case "true" -> truth(xml, true);
			case "false" -> truth(xml, false);
			default -> throw new PlistException("element " + xml.getLocalName());
		};
	}

	private static Object truth(XMLStreamReader xml, boolean truth) throws XMLStreamException {
		xml.getElementText();
		return truth;
	}

	/** Hosts write negative numbers as unsigned ones too. */
	private static Object integer(String text) {
		BigInteger number = text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
		return number.longValue();
	}

	private static Object dictionary(XMLStreamReader xml, int depth) throws XMLStreamException, PlistException {
		Map<String, Object> map = new LinkedHashMap<>();
		for (next(xml); xml.isStartElement(); next(xml)) {
			if (!xml.getLocalName().equals("key")) {
				throw new PlistException("a value without a key");
			}
			String key = xml.getElementText();
			next(xml);
			map.put(key, value(xml, depth + 1));
		}
		return map;
	}

	private static Object array(XMLStreamReader xml, int depth) throws XMLStreamException, PlistException {
		List<Object> list = new ArrayList<>();
		for (next(xml); xml.isStartElement(); next(xml)) {
			list.add(value(xml, depth + 1));
		}
		return list;
	}
}
