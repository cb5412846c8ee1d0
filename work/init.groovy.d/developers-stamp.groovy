// Starts the simulated stamp of a developer's Jenkins inside of it, and makes the folder 'azure-stack': a job for each of
// docs/pipelines, read anew at every start, and the credentials that jenkins.yaml can't hold. What is in the folder's store
// stays as it is: JCasC would bring back a BMC password that the sample jobs have changed.
import com.cloudbees.hudson.plugins.folder.Folder
import com.cloudbees.plugins.credentials.CredentialsProvider
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SecretBytes
import com.cloudbees.plugins.credentials.domains.Domain
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl
import hudson.tasks.Mailer
import io.jenkins.plugins.azurestack.developer.DevelopersStamp
import io.jenkins.plugins.azurestack.jenkins.ControllerRoute
import jenkins.model.Jenkins
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
def home = jenkins.rootDir.toPath()
def stamp = DevelopersStamp.start(home.resolve('simulated-stamp'), home.resolve('workspace'))
ControllerRoute.lead(stamp.route())
Mailer.descriptor().smtpHost = '127.0.0.1'
Mailer.descriptor().smtpPort = "${stamp.mailPort()}".toString()

def folder = jenkins.getItem('azure-stack') ?: jenkins.createProject(Folder, 'azure-stack')
['expiry', 'maintenance', 'internal', 'bmc', 'requests'].each { name ->
    def job = folder.getItem(name) ?: folder.createProject(WorkflowJob, name)
    def pipeline = home.resolveSibling('docs').resolve("pipelines/${name}.Jenkinsfile")
    job.definition = new CpsFlowDefinition(pipeline.toFile().getText('UTF-8'), true)
}

def store = CredentialsProvider.lookupStores(folder).find { it.context == folder }
def kept = store.getCredentials(Domain.global())*.id
def add = { credential -> if (!kept.contains(credential.id)) { store.addCredentials(Domain.global(), credential) } }
def file = { id, name, content ->
    add(new FileCredentialsImpl(CredentialsScope.GLOBAL, id, 'Of the simulated stamp east', name, SecretBytes.fromRawBytes(content)))
}
add(new UsernamePasswordCredentialsImpl(
        CredentialsScope.GLOBAL, 'east-bmc', 'BMC account of the simulated stamp east', stamp.bmcUser(), stamp.bmcPassword()))
file('east-roots', 'roots.pem', stamp.root())
stamp.renewed().each { id, pfx -> file(id, "${id}.pfx".toString(), pfx) }
