package dev.scopegate.servlet;

import dev.scopegate.config.ConfigurationException;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Whether the filter is mapped for the dispatch that ends an asynchronous limited response. The Servlet API doesn't tell, so
 * {@code web.xml} is read; a filter that code has mapped is found out by the first such response, which fails.
 */
final class AsyncMapping {
    static final String MISSING =
            "BearerTokenFilter has to be mapped for every dispatcher, ASYNC too, where exports are"
                    + " limited: write <dispatcher>ASYNC</dispatcher> beside the others, and <async-supported>true</async-supported>";

    private AsyncMapping() {}

    /** Stops the start of a filter that {@code web.xml} maps for other dispatchers only. */
    static void require(ServletContext context, String filter) {
        try (InputStream webXml = context.getResourceAsStream("/WEB-INF/web.xml")) {
            if (webXml == null) return;
            Document read = parser().newDocumentBuilder().parse(webXml);
            NodeList mappings = read.getElementsByTagNameNS("*", "filter-mapping");
            for (int i = 0; i < mappings.getLength(); i++) {
                Element mapping = (Element) mappings.item(i);
                if (has(mapping, "filter-name", filter) && !has(mapping, "dispatcher", "ASYNC")) {
                    throw new ConfigurationException(MISSING);
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new ConfigurationException("WEB-INF/web.xml cannot be read, which says how the filter is mapped");
        }
    }

    private static DocumentBuilderFactory parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    private static boolean has(Element mapping, String name, String text) {
        NodeList found = mapping.getElementsByTagNameNS("*", name);
        for (int i = 0; i < found.getLength(); i++) {
            if (found.item(i).getTextContent().trim().equals(text)) return true;
        }
        return false;
    }
}
