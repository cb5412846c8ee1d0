package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Microsoft.Deployment.Admin: products, their secrets and the rotation of those (facts 6.7). Thread-safe. */
final class DeploymentProvider {
    static final String VERSION = "2019-01-01";

    private static final String TYPE = Site.DEPLOYMENT + "/locations";
    private static final String GROUP = "";

    private final Site site;
    private final Products products;

    DeploymentProvider(final Site site, final Products products) {
        this.site = site;
        this.products = products;
    }

    Provider provider() {
        final String global = "locations/global/";
        final String secrets = global + "productPackages/{package}/secrets";
        return new Provider(Site.DEPLOYMENT, List.of(VERSION))
                .page(
                        "GET",
                        global + "productDeployments",
                        call -> Json.ok(Json.list(products.installed().stream()
                                .map(this::deployment)
                                .toList())))
                .page("GET", global + "productDeployments/{product}", call -> Json.ok(deployment(product(call))))
                .page("POST", global + "productDeployments/{product}/rotateSecrets", this::rotate)
                .page(
                        "GET",
                        global + "productPackages",
                        call -> Json.ok(Json.list(products.installed().stream()
                                .map(this::productPackage)
                                .toList())))
                .page("GET", global + "productPackages/{package}", call -> Json.ok(productPackage(packaged(call))))
                .page("GET", secrets, call -> Json.ok(Json.list(secrets(packaged(call)))))
                .page("GET", secrets + "/{secret}", call -> Json.ok(secret(call)))
                .page("POST", secrets + "/{secret}/validate", this::validate)
                .page("POST", secrets + "/{secret}/import", this::imports)
                .page("GET", global + "actionplans/{plan}", call -> Json.ok(actionPlan(plan(call))))
                .page("GET", global + "operations/{plan}", call -> Json.ok(operation(plan(call))));
    }

    private String id(final String path) {
        return "/subscriptions/" + site.subscription() + "/providers/" + Site.DEPLOYMENT + "/locations/global/" + path;
    }

    private Product product(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("product");
        return products.installed().stream()
                .filter(product -> product.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(TYPE + "/productDeployments", id, GROUP));
    }

    private Product packaged(final Provider.Call call) throws RefusedException {
        final String name = call.names().get("package");
        return products.installed().stream()
                .filter(product -> product.packageName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(TYPE + "/productPackages", name, GROUP));
    }

    private ObjectNode resource(final String type, final String name) {
        return Json.object()
                .put("id", id(type + "/" + name))
                .put("name", "global/" + name)
                .put("type", TYPE + "/" + type)
                .put("location", "global");
    }

    private ObjectNode deployment(final Product product) {
        final ObjectNode resource = resource("productDeployments", product.id());
        final boolean rotating = products.isRotating(product);
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("provisioningState", rotating ? "InProgress" : "Succeeded")
                .put("status", rotating ? "SecretRotationInProgress" : "DeploymentSucceeded");
        properties
                .putObject("deployment")
                .put("version", Product.VERSION)
                .put(
                        "actionPlanInstanceResourceId",
                        id("actionplans/" + site.ids().of(Identifiers.Name.STAMP)));
        properties.putObject("lastSuccessfulDeployment").put("version", Product.VERSION);
        return resource;
    }

    private ObjectNode productPackage(final Product product) {
        final ObjectNode resource = resource("productPackages", product.packageName());
        resource.putObject("properties")
                .put("productId", product.id())
                .put("productVersion", Product.VERSION)
                .put("provisioningState", "Succeeded");
        return resource;
    }

    private List<ObjectNode> secrets(final Product product) {
        return List.of(
                secret(
                        product,
                        product.externalSecret(),
                        "TLS certificate of the product's endpoints.",
                        products.externalEnds(product)),
                secret(
                        product,
                        Product.INTERNAL_SECRET,
                        "Certificate that the product's services know each other by.",
                        Optional.of(products.internalEnds(product))));
    }

    private ObjectNode secret(
            final Product product, final String name, final String description, final Optional<Instant> ends) {
        final ObjectNode resource = Json.object()
                .put("id", id("productPackages/" + product.packageName() + "/secrets/" + name))
                .put("name", "global/" + product.packageName() + "/" + name)
                .put("type", TYPE + "/productPackages/secrets")
                .put("location", "global");
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("secretKind", "Certificate")
                .put("description", description)
                .put("expiresAfter", "P" + Product.SECRET_LASTS.toDays() + "D");
        properties.putObject("secretDescriptor");
        final ObjectNode state = properties.putObject("secretState");
        state.put("status", "Deployed").put("rotationStatus", products.isRotating(product) ? "InProgress" : "None");
        ends.ifPresent(at -> state.put("expirationDate", Json.time(at)));
        return resource;
    }

    private ObjectNode secret(final Provider.Call call) throws RefusedException {
        final Product product = packaged(call);
        final String name = call.names().get("secret");
        final String full = "global/" + product.packageName() + "/" + name;
        return secrets(product).stream()
                .filter(secret -> secret.path("name").asText().equalsIgnoreCase(full))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(TYPE + "/productPackages/secrets", name, GROUP));
    }

    private HttpAnswer validate(final Provider.Call call) throws RefusedException {
        requireGood(call);
        return HttpAnswer.of(200);
    }

    private HttpAnswer imports(final Provider.Call call) throws RefusedException {
        requireGood(call);
        final JsonNode body = HealthProvider.body(call);
        products.imported(packaged(call), decoded(body), body.path("password").asText());
        return Json.ok(secret(call));
    }

    private void requireGood(final Provider.Call call) throws RefusedException {
        final Product product = packaged(call);
        secret(call);
        if (!call.names().get("secret").equalsIgnoreCase(product.externalSecret())) {
            throw new RefusedException(400, "InvalidSecret", "This secret is not supplied by the operator.");
        }
        final JsonNode body = HealthProvider.body(call);
        final IssuedCertificate certificate = Products.open(
                        decoded(body), body.path("password").asText())
                .orElseThrow(() -> new RefusedException(
                        400, "InvalidSecret", "The provided password for the certificate is not correct."));
        for (final String name : product.folder().requiredNames(site.world().stamp())) {
            if (!covers(certificate, name)) {
                throw new RefusedException(
                        400,
                        "InvalidSecret",
                        "The certificate records do not contain a record that is valid for '" + name + "'.");
            }
        }
    }

    private static boolean covers(final IssuedCertificate certificate, final String name) {
        try {
            return Optional.ofNullable(certificate.leaf().getSubjectAlternativeNames()).stream()
                    .flatMap(java.util.Collection::stream)
                    .anyMatch(alternative -> alternative.get(1) instanceof String text && DnsName.covers(text, name));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static byte[] decoded(final JsonNode body) throws RefusedException {
        try {
            return Base64.getDecoder().decode(body.path("data").asText());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "InvalidSecret", "The data of the certificate is not base64.");
        }
    }

    private HttpAnswer rotate(final Provider.Call call) throws RefusedException {
        final Product product = product(call);
        final ActionPlan plan = products.rotate(product, call.visit().identity())
                .orElseThrow(() -> new RefusedException(
                        409, "Conflict", "Another operation is in progress. Try again when it has completed."));
        call.visit().note("actionPlan", plan.id().toString());
        final String url = site.url() + id("operations/" + plan.id()) + "?api-version=" + VERSION;
        return Operations.accepted(url).with("Azure-AsyncOperation", url);
    }

    private ActionPlan plan(final Provider.Call call) throws RefusedException {
        final String id = call.names().get("plan");
        try {
            return products.plan(UUID.fromString(id))
                    .orElseThrow(() -> RefusedException.notFound(TYPE + "/actionplans", id, GROUP));
        } catch (IllegalArgumentException e) {
            throw RefusedException.badRequest("'" + id + "' is not a GUID.");
        }
    }

    private String status(final ActionPlan plan, final String running) {
        return switch (plan.status(site.world().time().now())) {
            case COMPLETED -> "Succeeded";
            case FAILED -> "Failed";
            case NOT_STARTED, RUNNING -> running;
        };
    }

    private ObjectNode operation(final ActionPlan plan) {
        final ObjectNode operation = Json.object()
                .put("id", id("operations/" + plan.id()))
                .put("name", plan.id().toString())
                .put("status", status(plan, "InProgress"))
                .put("startTime", Json.time(plan.started()));
        if (operation.path("status").asText().equals("Failed")) {
            operation.putObject("error").put("code", "ActionPlanFailed").put("message", "The action plan has failed.");
        }
        return operation;
    }

    private ObjectNode actionPlan(final ActionPlan plan) {
        final Instant now = site.world().time().now();
        final ObjectNode resource = resource("actionplans", plan.id().toString());
        final ObjectNode properties = resource.putObject("properties");
        properties
                .put("provisioningState", status(plan, "Running"))
                .put("title", plan.type())
                .put("startTime", Json.time(plan.started()));
        final var steps = properties.putObject("progress").putArray("steps");
        for (int i = 0; i < plan.steps().size(); i++) {
            steps.addObject()
                    .put("name", plan.steps().get(i).name())
                    .put("description", plan.steps().get(i).description())
                    .put("status", plan.status(i, now).name());
        }
        return resource;
    }
}
