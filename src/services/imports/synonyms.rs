use super::Target;
use crate::domain::PhoneKind;

/// What people call the columns of their files, in letters and digits only, with blanks between.
pub const SYNONYMS: &[(Target, &str)] = &[
    (
        Target::FirstName,
        "firstname fullfirstname legalfirstname first givenname forename fname contactfirstname \
         customerfirstname clientfirstname",
    ),
    (Target::LastName, "lastname last surname familyname lname contactlastname customerlastname clientlastname"),
    (
        Target::FullName,
        "name fullname contact contactname client clientname customer customername leadname homeowner \
         displayname clientfullname customerfullname homeownername leadfullname prospect prospectname",
    ),
    (
        Target::Company,
        "company companyname business businessname organization organisation employer accountname firm org \
         organizationname",
    ),
    (
        Target::Email,
        "email emailaddress mailaddress emailaddr emails mail email1 primaryemail emailid contactemail \
         customeremail clientemail homeemail workemail",
    ),
    (
        Target::Phone(PhoneKind::Mobile),
        "mobile mobilephone mobilenumber mobilephonenumber mobileno mobilephoneno mobiletel cell cellphone \
         cellnumber cellphonenumber cellno cellphoneno cellular cellularphone cellularnumber cel handphone \
         phone phonenumber telephone tel telno telnumber telephoneno telephonenumber phone1 primaryphone \
         phone2 secondaryphone alternatephone altphone otherphone mainphone bestphone daytimephone \
         eveningphone phoneno phonenum phnumber phno ph phones contactnumber contactphone customerphone \
         clientphone sms",
    ),
    (
        Target::Phone(PhoneKind::Home),
        "home homephone homenumber homephonenumber homeno homephoneno hometel hometelephone residencephone \
         landline phonehome",
    ),
    (
        Target::Phone(PhoneKind::Office),
        "office officephone work workphone worknumber workno workphoneno workphonenumber worktel \
         worktelephone officenumber officeno officephoneno officephonenumber officetel businessphone \
         businessnumber companyphone phonework phoneoffice",
    ),
    (Target::TextingPhone, "phonefortexts textingphone textto smsphone textnumber textphone smsnumber"),
    (
        Target::Address,
        "address street streetaddress streetaddress1 streetaddress2 street1 street2 homeaddress fulladdress \
         addr propertyaddress projectaddress billingaddress serviceaddress address3 address1 addressline1 \
         address2 addressline2 mailingaddress jobaddress siteaddress jobsiteaddress apt unit suite city town \
         state province zip zippostal zippostalcode zippostcode postal statezip citystatezip stateprovince \
         county zipcode postalcode postcode country",
    ),
    (Target::TimeZone, "timezone tz timezonename"),
    (Target::LeadStatus, "leadstatus status stage leadstage pipelinestage jobstatus clientstatus customerstatus"),
    (
        Target::LeadSource,
        "leadsource source referralsource referredby howdidyouhearaboutus campaign origin howheard \
         heardaboutus marketingsource leadorigin referral",
    ),
    (
        Target::Appointment,
        "appointment appointmenttime appointmentdate appointmentat appt apptdate appttime apptdatetime \
         appointmentdatetime nextappointment scheduledfor",
    ),
    (
        Target::Notes,
        "notes note comments comment description remarks memo additionalinfo details jobnotes clientnotes \
         customernotes leadnotes",
    ),
];

/// The same for a position of the list that is called like this.
pub const POSITION_SYNONYMS: &[(&str, &str)] = &[
    (
        "salesperson",
        "rep salesrep salesrepname salesrepresentative representative salesman saleswoman salespersonname \
         salesconsultant consultant estimator soldby assignedrep accountmanager accountexecutive",
    ),
    ("projectmanager", "pm projectmgr projectmanagername productionmanager jobmanager"),
    ("fieldcrew", "crew crewlead crewleader foreman installer fieldemployee technician"),
];

/// Whether a name is one of these.
pub fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}
